package dev.bowline.tools.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Replaces a file as a whole: readers see the old content or the new one, also after a crash.
/// Writes a temporary file in the same folder, syncs it, takes over mode and owner, renames it, and
/// syncs the folder. Other hard links to the old file keep the old content.
final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /// Writes `content` to a real path; its folder is made if it is missing.
    ///
    /// @throws FileProblem if that is not possible; the old file is then as it was
    static void write(Target target, byte[] content) throws IOException {
        var file = target.real();
        var folder = file.getParent();
        if (folder == null) {
            throw new FileProblem("EISDIR: " + file + " is a directory, not a file.");
        }
        @Nullable Path temporary = null;
        try {
            Files.createDirectories(folder);
            target.recheck();
            var old = posix(file);
            temporary =
                    folder.resolve(
                            ".bowline-"
                                    + ProcessHandle.current().pid()
                                    + "-"
                                    + COUNTER.incrementAndGet()
                                    + ".tmp");
            fill(temporary, content, old);
            adopt(temporary, old);
            target.recheck();
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            temporary = null;
            sync(folder);
        } catch (FileProblem problem) {
            throw problem;
        } catch (IOException e) {
            throw new FileProblem(
                    "Could not write " + file + ": " + reason(e) + " The file is unchanged.");
        } finally {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void fill(Path file, byte[] content, @Nullable PosixFileAttributes old)
            throws IOException {
        FileAttribute<?>[] mode =
                old == null
                        ? new FileAttribute<?>[0]
                        : new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(old.permissions())
                        };
        try (var channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        mode)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static @Nullable PosixFileAttributes posix(Path file) throws IOException {
        var view =
                Files.getFileAttributeView(
                        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? view.readAttributes()
                : null;
    }

    /// Mode always; owner and group where we may.
    private static void adopt(Path file, @Nullable PosixFileAttributes old) throws IOException {
        if (old == null) {
            return;
        }
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        var now = view.readAttributes();
        try {
            if (!now.group().equals(old.group())) {
                view.setGroup(old.group());
            }
            if (!now.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
        } catch (FileSystemException notOurs) {
            view.setPermissions(old.permissions());
            return;
        }
        view.setPermissions(old.permissions());
    }

    private static void sync(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException foldersCannotBeSyncedHere) {
            return;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; choose another place or change the rights of its folder.";
        }
        var why =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : e.getMessage();
        return why + ".";
    }
}
