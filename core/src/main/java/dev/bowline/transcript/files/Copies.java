package dev.bowline.transcript.files;

import dev.bowline.transcript.SavedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Copies of files in one folder, readable by their owner only. Links are never followed.
record Copies(Path folder) {
    /// Larger files are not copied.
    static final long LARGEST = 50L << 20;

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /// Copies a file under a name. Empty if what is at the path is no plain file.
    Optional<SavedFile.Before> take(Path file, String name) {
        try {
            var found = attributes(file);
            if (found == null) {
                return Optional.of(new SavedFile.Missing());
            }
            if (!found.isRegularFile()) {
                return Optional.empty();
            }
            if (found.size() > LARGEST) {
                return Optional.of(new SavedFile.Skipped("the file is larger than 50 MiB"));
            }
            makeFolder();
            write(folder.resolve(name), read(file), "rw-------");
            return Optional.of(new SavedFile.Copied(name, rights(found)));
        } catch (IOException e) {
            return Optional.of(
                    new SavedFile.Skipped("the file could not be copied: " + e.getMessage()));
        }
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, own("rwx------"));
        }
    }

    /// The content of a copy; null if it isn't there or is no plain file.
    byte @Nullable [] content(String name) {
        try {
            var file = folder.resolve(name);
            var found = attributes(file);
            boolean inside = folder.equals(file.getParent());
            return inside && found != null && found.isRegularFile() ? read(file) : null;
        } catch (IOException e) {
            return null;
        }
    }

    void remove(String name) {
        var file = folder.resolve(name);
        if (folder.equals(file.getParent())) {
            file.toFile().delete();
        }
    }

    /// What is at a path itself, without following a link; null if nothing is.
    static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return posix()
                    ? Files.readAttributes(
                            file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    : Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    private static @Nullable String rights(BasicFileAttributes found) {
        return found instanceof PosixFileAttributes posix
                ? PosixFilePermissions.toString(posix.permissions())
                : null;
    }

    static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes((int) LARGEST + 1);
        }
    }

    /// Makes a new file; readable by its owner only until it has `rights`.
    static void write(Path file, byte[] content, @Nullable String rights) throws IOException {
        try (var out = Files.newByteChannel(file, NEW, own("rw-------"))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        if (rights != null && posix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        }
    }

    private static FileAttribute<?>[] own(String rights) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix() {
        return java.io.File.separatorChar == '/';
    }
}
