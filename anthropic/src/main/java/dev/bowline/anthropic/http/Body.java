package dev.bowline.anthropic.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The body of an answer without its framing. Reading takes everything that has already arrived
/// before it waits for more.
final class Body {
    private enum State {
        SIZE,
        SIZE_REST,
        DATA,
        AFTER_DATA,
        TRAILER_START,
        TRAILER,
        UNTIL_CLOSE,
        END
    }

    /// Fills the array and returns how many bytes came, -1 at the end of the connection.
    interface Source {
        int read(byte[] into) throws IOException, InterruptedException;
    }

    private final Source source;
    private final String peer;
    private final boolean chunked;
    private final boolean untilClose;
    private byte[] raw;
    private int at;
    private int limit;
    private long left;
    private boolean digits;
    private State state;

    /// A body whose first bytes are `start`; the array behind it is used from then on. `length` is
    /// -1 for a chunked body and -2 for one that ends with the connection.
    Body(Source source, String peer, ByteBuffer start, long length) {
        this.source = source;
        this.peer = peer;
        this.raw = start.array();
        this.at = start.arrayOffset() + start.position();
        this.limit = start.arrayOffset() + start.limit();
        this.chunked = length == -1;
        this.untilClose = length == -2;
        this.left = Math.max(0, length);
        this.state = start(length);
    }

    private static State start(long length) {
        if (length == -1) {
            return State.SIZE;
        }
        if (length == -2) {
            return State.UNTIL_CLOSE;
        }
        return length == 0 ? State.END : State.DATA;
    }

    boolean ended() {
        return state == State.END;
    }

    boolean endsWithConnection() {
        return untilClose;
    }

    /// Whether everything that has arrived was read.
    boolean drained() {
        return at == limit;
    }

    /// Exchanges the read buffer, which must be drained, for a small one.
    void shrink() {
        raw = new byte[64];
        at = 0;
        limit = 0;
    }

    int read(byte[] into, int from, int length) throws IOException, InterruptedException {
        int read = 0;
        while (read < length && state != State.END) {
            if (at == limit) {
                if (read > 0) {
                    return read;
                }
                if (!fill()) {
                    return -1;
                }
            }
            if (state == State.DATA || state == State.UNTIL_CLOSE) {
                read += copy(into, from + read, length - read);
            } else {
                frame(raw[at++]);
            }
        }
        return read == 0 ? -1 : read;
    }

    private int copy(byte[] into, int from, int room) {
        int n = Math.min(room, limit - at);
        if (state == State.DATA) {
            n = (int) Math.min(n, left);
            left -= n;
            if (left == 0) {
                state = chunked ? State.AFTER_DATA : State.END;
            }
        }
        System.arraycopy(raw, at, into, from, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException, InterruptedException {
        at = 0;
        limit = 0;
        int n = source.read(raw);
        if (n < 0) {
            if (state == State.UNTIL_CLOSE) {
                state = State.END;
                return false;
            }
            throw new TransportException(TransportException.Kind.BROKEN, peer, "", null);
        }
        limit = n;
        return true;
    }

    private void frame(byte b) throws TransportException {
        switch (state) {
            case SIZE -> size(b);
            case SIZE_REST -> {
                if (b == '\n') {
                    sized();
                }
            }
            case AFTER_DATA -> {
                if (b == '\n') {
                    state = State.SIZE;
                    digits = false;
                } else if (b != '\r') {
                    throw notChunked();
                }
            }
            case TRAILER_START -> {
                if (b == '\n') {
                    state = State.END;
                } else if (b != '\r') {
                    state = State.TRAILER;
                }
            }
            case TRAILER -> {
                if (b == '\n') {
                    state = State.TRAILER_START;
                }
            }
            case DATA, UNTIL_CLOSE, END -> throw new IllegalStateException("not in a frame");
        }
    }

    private void size(byte b) throws TransportException {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (left >>> 56 != 0) {
                throw notChunked();
            }
            left = left * 16 + digit;
            digits = true;
        } else if (!digits) {
            throw notChunked();
        } else if (b == '\n') {
            sized();
        } else {
            state = State.SIZE_REST;
        }
    }

    private void sized() {
        state = left == 0 ? State.TRAILER_START : State.DATA;
    }

    private TransportException notChunked() {
        return new TransportException(
                TransportException.Kind.NOT_HTTP, peer, "a chunk has no size", null);
    }
}
