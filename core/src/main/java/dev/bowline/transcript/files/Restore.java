package dev.bowline.transcript.files;

import dev.bowline.transcript.SavedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts files back, one after the other. Writes only where the recorded path still leads without a
/// link, and replaces a file at once.
final class Restore {
    private static final byte[] NOTHING = new byte[0];

    private final Copies copies;
    private final boolean dryRun;
    private final List<String> changed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int insertions;
    private int deletions;
    private int skipped;

    Restore(Copies copies, boolean dryRun) {
        this.copies = copies;
        this.dryRun = dryRun;
    }

    FilesRewound all(List<SavedFile> files) {
        files.forEach(this::one);
        if (!failed.isEmpty() && failed.size() == changed.size()) {
            return FilesRewound.refused("No file could be restored: " + failed.getFirst());
        }
        return new FilesRewound(true, null, changed, insertions, deletions, skipped);
    }

    private void one(SavedFile file) {
        var path = Path.of(file.path());
        try {
            if (isStrange(path)) {
                skipped += dryRun ? 0 : 1;
                return;
            }
            switch (file.before()) {
                case SavedFile.Missing gone -> missing(path);
                case SavedFile.Copied copy -> copied(path, copy);
                case SavedFile.Skipped skip -> {
                    changed.add(file.path());
                    failed.add(file.path() + ": " + skip.reason());
                }
            }
        } catch (IOException e) {
            if (!changed.contains(file.path())) {
                changed.add(file.path());
            }
            failed.add(file.path() + ": " + e.getMessage());
        }
    }

    /// Whether a link, or something else that is no plain file, has come into the way.
    private static boolean isStrange(Path path) throws IOException {
        var parent = path.getParent();
        while (parent != null && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
            parent = parent.getParent();
        }
        if (parent == null || !parent.toRealPath().equals(parent)) {
            return true;
        }
        var found = Copies.attributes(path);
        return found != null && (!found.isRegularFile() || names(path) > 1);
    }

    /// How many names a file has; 1 where the file system does not count them.
    private static int names(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                : 1;
    }

    private void missing(Path path) throws IOException {
        if (Copies.attributes(path) == null) {
            return;
        }
        differs(path, Copies.read(path), NOTHING);
        if (!dryRun) {
            Files.deleteIfExists(path);
        }
    }

    private void copied(Path path, SavedFile.Copied copy) throws IOException {
        var before = copies.content(copy.name());
        if (before == null) {
            changed.add(path.toString());
            failed.add(path + ": its copy is gone");
            return;
        }
        boolean there = Copies.attributes(path) != null;
        var now = there ? Copies.read(path) : NOTHING;
        if (there && Arrays.equals(now, before)) {
            return;
        }
        differs(path, now, before);
        if (!dryRun) {
            replace(path, before, copy.rights());
        }
    }

    private void differs(Path path, byte[] now, byte[] before) {
        var lines = LineCount.between(now, before);
        changed.add(path.toString());
        insertions += lines.insertions();
        deletions += lines.deletions();
    }

    private static void replace(Path path, byte[] content, @Nullable String rights)
            throws IOException {
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var next = path.resolveSibling(".rewind-" + UUID.randomUUID());
        try {
            Copies.write(next, content, rights);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
