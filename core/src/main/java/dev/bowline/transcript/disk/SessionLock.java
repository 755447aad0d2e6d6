package dev.bowline.transcript.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The right to write one session: within the process by a table, between processes by a lock of
/// the operating system on a side file, which ends with the process however it ends. The side file
/// holds the process id and is removed on close; files left behind by a crash do no harm.
public final class SessionLock implements AutoCloseable {
    private static final Map<Path, SessionLock> HELD = new ConcurrentHashMap<>();
    private static final ReentrantLock GUARDED = new ReentrantLock();
    private static final long PATIENCE = 10_000_000_000L;

    private final Path file;
    private @Nullable RandomAccessFile open;

    private SessionLock(Path file) {
        this.file = file;
    }

    /// Reserves within this process, without touching the disk; null if it is reserved already.
    public static @Nullable SessionLock reserve(Path file) {
        var lock = new SessionLock(file.toAbsolutePath());
        return HELD.putIfAbsent(lock.file, lock) == null ? lock : null;
    }

    /// Locks against other processes. The id of the process that has it, 0 if that is unknown, or
    /// nothing if the lock is ours now.
    public OptionalLong lock() throws IOException {
        if (open != null) {
            return OptionalLong.empty();
        }
        return guarded(
                folder(file),
                () -> {
                    var raw = new RandomAccessFile(file.toFile(), "rw");
                    boolean kept = false;
                    try {
                        if (tryLock(raw) == null) {
                            return OptionalLong.of(holder(raw));
                        }
                        raw.setLength(0);
                        raw.write(
                                String.valueOf(ProcessHandle.current().pid())
                                        .getBytes(StandardCharsets.US_ASCII));
                        open = raw;
                        kept = true;
                        return OptionalLong.empty();
                    } finally {
                        if (!kept) {
                            raw.close();
                        }
                    }
                });
    }

    private static long holder(RandomAccessFile raw) throws IOException {
        var line = raw.readLine();
        try {
            return line == null ? 0 : Long.parseLong(line.strip());
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile raw) throws IOException {
        try {
            return raw.getChannel().tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /// Whether anybody writes the session with this side file.
    public static boolean isHeld(Path file) {
        var path = file.toAbsolutePath();
        if (HELD.containsKey(path)) {
            return true;
        }
        if (!Files.exists(path)) {
            return false;
        }
        try {
            return guarded(
                    folder(path),
                    () -> {
                        try (var raw = new RandomAccessFile(path.toFile(), "rw")) {
                            if (tryLock(raw) == null) {
                                return true;
                            }
                            Files.deleteIfExists(path);
                            return false;
                        }
                    });
        } catch (IOException unknown) {
            return false;
        }
    }

    /// The removed file is closed outside the guard: giving its space back can take the disk long.
    @Override
    public void close() {
        try {
            var raw = open;
            if (raw != null) {
                open = null;
                try (raw) {
                    guarded(folder(file), () -> Files.deleteIfExists(file));
                }
            }
        } catch (IOException left) {
            // the side file stays; whoever comes next finds it unlocked
        } finally {
            HELD.remove(file, this);
        }
    }

    private static Path folder(Path file) {
        var parent = file.getParent();
        return parent == null ? Path.of(".") : parent;
    }

    /// Something to do with files.
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /// Runs `action` while no other process and no other thread is inside for the same folder. Side
    /// files are made and removed here only, so that nobody locks one that was just removed.
    public static <T> T guarded(Path folder, Action<T> action) throws IOException {
        GUARDED.lock();
        try (var raw = new RandomAccessFile(folder.resolve(".bowline-lock").toFile(), "rw")) {
            long deadline = System.nanoTime() + PATIENCE;
            while (tryLock(raw) == null) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "another process holds " + folder.resolve(".bowline-lock"));
                }
                LockSupport.parkNanos(200_000);
            }
            return action.run();
        } finally {
            GUARDED.unlock();
        }
    }
}
