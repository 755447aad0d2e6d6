package dev.bowline.tools.file;

import dev.bowline.tools.path.Folder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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
        var parent = file.getParent();
        if (parent == null) {
            throw new FileProblem("EISDIR: " + file + " is a directory, not a file.");
        }
        try (var folder = Folder.make(parent)) {
            replace(folder, file.getFileName(), content);
            folder.sync();
        } catch (Folder.MovedException moved) {
            throw OpenFile.moved(file);
        } catch (IOException e) {
            throw new FileProblem(
                    "Could not write " + file + ": " + reason(e) + " The file is unchanged.");
        }
    }

    private static void replace(Folder folder, Path name, byte[] content) throws IOException {
        var old = posix(folder, name);
        @Nullable Path temporary =
                Path.of(
                        ".bowline-"
                                + ProcessHandle.current().pid()
                                + "-"
                                + COUNTER.incrementAndGet()
                                + ".tmp");
        try (var channel = folder.create(temporary, mode(old))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (channel instanceof FileChannel whole) {
                whole.force(true);
            }
            adopt(folder.view(temporary, PosixFileAttributeView.class), old);
            folder.rename(temporary, name);
            temporary = null;
        } finally {
            if (temporary != null && folder.attributes(temporary).isPresent()) {
                folder.delete(temporary);
            }
        }
    }

    private static FileAttribute<?>[] mode(@Nullable PosixFileAttributes old) {
        return old == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(old.permissions())};
    }

    private static @Nullable PosixFileAttributes posix(Folder folder, Path name)
            throws IOException {
        var view = folder.view(name, PosixFileAttributeView.class);
        return view != null && folder.attributes(name).isPresent() ? view.readAttributes() : null;
    }

    /// Mode always; owner and group where we may.
    private static void adopt(PosixFileAttributeView view, @Nullable PosixFileAttributes old)
            throws IOException {
        if (old == null) {
            return;
        }
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
