package dev.bowline.tools.file;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a session knows of the files that it read or wrote: enough to tell whether one has changed
/// since. Holds at most 5,000 files; the one longest unused is forgotten first.
public final class FileMemory {
    private static final int MAX_FILES = 5_000;

    /// How much of a file the model has seen.
    enum View {
        WHOLE,
        /// The lines it asked for.
        RANGE,
        /// Less than it asked for.
        PARTIAL
    }

    /// One file as it was seen. `hash` is "" when the file was too large to be read to its end.
    record Seen(FileTime modified, long size, String hash, View view) {
        /// Whether the file on disk still has the same content.
        boolean isCurrent(Path real) throws IOException {
            var now = OpenFile.attributes(real);
            if (now.size() != size) {
                return false;
            }
            return hash.isEmpty()
                    ? now.lastModifiedTime().equals(modified)
                    : FileMemory.hash(real).equals(hash);
        }
    }

    private final Map<Path, Seen> files =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Seen> eldest) {
                    return size() > MAX_FILES;
                }
            };

    static FileMemory of(ToolContext context) {
        return context.state(FileMemory.class, folder -> new FileMemory());
    }

    synchronized Optional<Seen> find(Path real) {
        return Optional.ofNullable(files.get(real));
    }

    /// A closer look at content that was seen whole before takes nothing away.
    synchronized void remember(Path real, Seen seen) {
        var before = find(real).orElse(seen);
        boolean same = !seen.hash.isEmpty() && before.hash.equals(seen.hash);
        var view = same && before.view.compareTo(seen.view) < 0 ? before.view : seen.view;
        files.put(real, new Seen(seen.modified, seen.size, seen.hash, view));
    }

    /// Remembers a file with this content as it is on disk now.
    void remember(Path real, byte[] content) throws IOException {
        remember(
                real,
                new Seen(
                        OpenFile.attributes(real).lastModifiedTime(),
                        content.length,
                        HexFormat.of().formatHex(digest().digest(content)),
                        View.WHOLE));
    }

    /// Counts a file as read that somebody else has seen as it was at `mtime`, in milliseconds; not
    /// if it has changed since.
    public void seed(Path real, long mtime) throws IOException {
        if (Files.getLastModifiedTime(real).toMillis() == mtime) {
            var content = Files.readAllBytes(real);
            if (Files.getLastModifiedTime(real).toMillis() == mtime) {
                remember(real, content);
            }
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String hash(Path file) throws IOException {
        var digest = digest();
        try (var in = new DigestInputStream(OpenFile.read(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
