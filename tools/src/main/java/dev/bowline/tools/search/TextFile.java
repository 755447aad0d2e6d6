package dev.bowline.tools.search;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads a file for searching: UTF-8 unless a byte order mark says UTF-16, what is not text in that
/// encoding becomes `\uFFFD`, and a file with a NUL is binary and not searched.
final class TextFile {
    /// Larger files are left to ripgrep.
    static final long MAX_BYTES = 64L << 20;

    private static final int HEAD = 64 << 10;
    private static final long LARGE = 4L << 20;

    /// Large files are held one at a time, so that memory is bounded by one of them.
    private static final ReentrantLock ONE_LARGE = new ReentrantLock();

    /// What becomes of the text; may look at it only during the call.
    interface Use {
        void text(String text) throws InterruptedException;
    }

    private TextFile() {}

    /// Whether the file was used; binary files are not.
    static boolean use(Path file, long size, Use use) throws IOException, InterruptedException {
        if (size <= LARGE) {
            return useNow(file, use);
        }
        ONE_LARGE.lockInterruptibly();
        try {
            return useNow(file, use);
        } finally {
            ONE_LARGE.unlock();
        }
    }

    /// Whether the beginning of a file holds a NUL and no mark of UTF-16.
    static boolean binary(Path file) {
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(HEAD);
            return mark(head) == 0 && holdsNul(head);
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    private static boolean useNow(Path file, Use use) throws IOException, InterruptedException {
        var text = read(file);
        if (text == null) {
            return false;
        }
        use.text(text);
        return true;
    }

    private static @Nullable String read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(HEAD);
            if (mark(head) == 0 && holdsNul(head)) {
                return null;
            }
            if (head.length < HEAD) {
                bytes = head;
            } else {
                var rest = in.readNBytes((int) MAX_BYTES);
                bytes = new byte[head.length + rest.length];
                System.arraycopy(head, 0, bytes, 0, head.length);
                System.arraycopy(rest, 0, bytes, head.length, rest.length);
            }
        }
        int skip = mark(bytes);
        var charset = charset(bytes);
        var text = new String(bytes, skip, bytes.length - skip, charset);
        return text.indexOf('\0') >= 0 ? null : text;
    }

    /// The length of the byte order mark.
    private static int mark(byte[] bytes) {
        if (bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF) {
            return 3;
        }
        return charset(bytes).equals(StandardCharsets.UTF_8) ? 0 : 2;
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean holdsNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
