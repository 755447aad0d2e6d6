package dev.bowline.project;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes small files as a whole: who reads sees the old text or the new one, and of several who
/// write, in this process and others, each sees what the ones before it wrote.
final class SafeFile {
    private static final ReentrantLock ONE_WRITER = new ReentrantLock();
    private static final Closeable NOTHING = () -> {};
    private static final int TRIES = 20;

    private SafeFile() {}

    /// Has `change` make the new text of a file from the old one, which is empty when there is no
    /// file. Nothing is written when they are the same.
    ///
    /// @param lock a file that all writers lock
    /// @param rights of a new file, for example `rw-------`
    /// @throws BowlineException `store_unwritable`
    static void change(Path file, Path lock, String rights, UnaryOperator<String> change) {
        alone(lock, () -> replace(file, rights, change));
    }

    /// Runs while no other writer does. May be nested.
    ///
    /// @throws BowlineException of `work`
    static void alone(Path lock, Runnable work) {
        ONE_WRITER.lock();
        var lockFile = ONE_WRITER.getHoldCount() > 1 ? NOTHING : locked(lock);
        try {
            work.run();
        } finally {
            unlock(lockFile);
            ONE_WRITER.unlock();
        }
    }

    private static void unlock(Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // it ends with the process
        }
    }

    private static void replace(Path file, String rights, UnaryOperator<String> change) {
        try {
            for (int i = 0; i < TRIES; i++) {
                var old = read(file);
                var was = old == null ? "" : SettingsText.decode(old);
                var now = change.apply(was);
                if (now.equals(was) || written(file, old, now, rights)) {
                    return;
                }
            }
            throw new IOException("somebody else keeps changing it");
        } catch (IOException e) {
            throw new BowlineException(
                    ErrorCode.STORE_UNWRITABLE,
                    file + " cannot be written: " + e.getMessage() + "; check its folder's rights",
                    e);
        }
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        try {
            return Files.exists(file) ? SettingsText.bytes(file) : null;
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// The lock; nothing where it can't be had, for example on a disk that is read only. Without it
    /// [#written] still sees what others change.
    private static Closeable locked(Path lock) {
        try {
            if (lock.getParent() != null) {
                Files.createDirectories(lock.getParent());
            }
            return locked(
                    FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException | UnsupportedOperationException e) {
            return NOTHING;
        }
    }

    private static Closeable locked(FileChannel channel) throws IOException {
        try {
            var held = channel.lock();
            return () -> {
                held.close();
                channel.close();
            };
        } catch (IOException | OverlappingFileLockException e) { // the latter: held by this VM
            channel.close();
            return NOTHING;
        }
    }

    /// Whether it was written; not when somebody without the lock changed it meanwhile.
    private static boolean written(Path file, byte @Nullable [] old, String text, String rights)
            throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var fresh = Files.createTempFile(folder, ".settings", ".tmp");
        try {
            try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            keepRights(file, fresh, rights);
            if (!Arrays.equals(old, read(file))) {
                return false;
            }
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void keepRights(Path file, Path fresh, String rights) throws IOException {
        try {
            Files.setPosixFilePermissions(
                    fresh,
                    Files.exists(file)
                            ? Files.getPosixFilePermissions(file)
                            : PosixFilePermissions.fromString(rights));
        } catch (UnsupportedOperationException e) {
            // a file system without such rights
        }
    }
}
