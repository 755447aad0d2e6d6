package dev.bowline.transcript;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Buffers that appends share: 16 at most are kept, of 1 MiB at most.
final class LineBuffers {
    private static final int KEPT_SIZE = 1 << 20;
    private static final int KEPT = 16;

    private final ConcurrentLinkedDeque<Buffer> free = new ConcurrentLinkedDeque<>();

    /// Bytes of one append, without a copy at the end.
    static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(4096);
        }

        /// The array that holds the bytes; only the first [#size] count.
        byte[] bytes() {
            return buf;
        }
    }

    Buffer take() {
        var buffer = free.poll();
        return buffer == null ? new Buffer() : buffer;
    }

    void release(Buffer buffer) {
        buffer.reset();
        if (buffer.bytes().length <= KEPT_SIZE && free.size() < KEPT) {
            free.push(buffer);
        }
    }
}
