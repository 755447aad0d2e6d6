package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Where a file ends that only grows, and what a failed append may have left behind that end.
final class FileEnd {
    private final Path file;
    private long length;
    private boolean newline;
    private long torn = -1;

    /// `newline` says that the last line still needs its line feed.
    FileEnd(Path file, long length, boolean newline) {
        this.file = file;
        this.length = length;
        this.newline = newline;
    }

    /// Bytes, after the last append that succeeded.
    long length() {
        return length;
    }

    /// Whether the next append has to end a line first.
    boolean wantsNewline() {
        return newline;
    }

    /// Where the next append begins, after what a failed one may have left is gone.
    long start(Disk.Appender appender) throws IOException {
        if (torn >= 0) {
            appender.truncate(torn);
            torn = -1;
        }
        long now = appender.length();
        if (now < length) {
            throw new BowlineException(
                    ErrorCode.STORE_CONFLICT,
                    "another program has removed or shortened "
                            + file
                            + "; fork the session from what is in memory or start another");
        }
        if (now > length) {
            newline = !endsLine(now);
        }
        return now;
    }

    private boolean endsLine(long now) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            raw.seek(now - 1);
            return raw.read() == '\n';
        }
    }

    /// An append of whole lines has succeeded.
    void grewTo(long now) {
        length = now;
        newline = false;
    }

    /// What stands behind `from` doesn't count; it is cut off now, or before the next append if
    /// that fails.
    void backTo(long from, Disk.Appender appender) {
        torn = from;
        try {
            appender.truncate(torn);
            length = torn;
            torn = -1;
        } catch (IOException later) {
            // the next append tries again first
        }
    }
}
