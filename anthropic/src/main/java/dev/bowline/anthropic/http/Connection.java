package dev.bowline.anthropic.http;

import dev.bowline.anthropic.http.TransportException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One way to the peer, plain or TLS. The socket belongs to a channel because only a channel's
/// reads end when a platform thread is interrupted.
final class Connection {
    private static final int MAX_HEAD = 64 << 10;

    private final SocketChannel channel;
    private final Socket socket;
    private final String peer;
    private final InputStream in;
    private final OutputStream out;
    private @Nullable Body rest;
    private Kind silence = Kind.FIRST_BYTE_TIMEOUT;
    private int timeout = -1;
    long idleSince;

    Connection(SocketChannel channel, Socket socket, String peer) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.peer = peer;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    String peer() {
        return peer;
    }

    void write(byte[] bytes) throws IOException, InterruptedException {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throwIfInterrupted();
            throw new TransportException(Kind.NO_ANSWER, peer, "", e);
        }
    }

    /// Reads up to the end of the head, into `into` or a larger array.
    Received receive(byte[] into) throws IOException, InterruptedException {
        int limit = 0;
        int from = 0;
        var buffer = into;
        while (true) {
            int end = headEnd(buffer, from, limit);
            if (end > 0) {
                var head = Head.of(buffer, from, end);
                if (head == null) {
                    throw new TransportException(Kind.NOT_HTTP, peer, "", null);
                }
                if (head.status() >= 200 || head.status() == 101) {
                    return new Received(head, ByteBuffer.wrap(buffer, end, limit - end));
                }
                from = end;
                continue;
            }
            if (limit == buffer.length) {
                if (limit >= MAX_HEAD) {
                    throw new TransportException(Kind.NOT_HTTP, peer, "the head is too long", null);
                }
                buffer = java.util.Arrays.copyOf(buffer, limit * 2);
            }
            int n = read(buffer, limit);
            if (n < 0) {
                throw new TransportException(
                        limit == 0 ? Kind.NO_ANSWER : Kind.BROKEN, peer, "", null);
            }
            limit += n;
        }
    }

    /// A head, and the first bytes of the body in their array.
    record Received(Head head, ByteBuffer start) {}

    private static int headEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                if (i + 1 < to && bytes[i + 1] == '\n') {
                    return i + 2;
                }
                if (i + 2 < to && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
                    return i + 3;
                }
            }
        }
        return 0;
    }

    int read(byte[] into, int from) throws IOException, InterruptedException {
        try {
            return in.read(into, from, into.length - from);
        } catch (SocketTimeoutException e) {
            throwIfInterrupted();
            throw new TransportException(silence, peer, "", e);
        } catch (IOException e) {
            throwIfInterrupted();
            var kind = silence == Kind.IDLE_TIMEOUT ? Kind.BROKEN : Kind.NO_ANSWER;
            throw new TransportException(kind, peer, detail(e), e);
        }
    }

    private static String detail(IOException e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    /// How long reads wait from now on, and what a longer silence is called.
    void patience(Duration limit, Kind name) throws IOException {
        silence = name;
        int millis = Timeouts.millis(limit);
        if (millis != timeout) {
            socket.setSoTimeout(millis);
            timeout = millis;
        }
    }

    /// Remembers the unread end of a body, to be read before the next call. Its buffer is not kept.
    void owes(Body body) {
        body.shrink();
        rest = body;
    }

    /// Whether the connection can carry a call: the end of the last body has come and nothing else.
    boolean ready() throws InterruptedException {
        var owed = rest;
        rest = null;
        if (owed == null) {
            return true;
        }
        try {
            patience(Duration.ofMillis(20), Kind.IDLE_TIMEOUT);
            var scrap = new byte[1024];
            int n = owed.read(scrap, 0, scrap.length);
            for (int i = 0; n >= 0 && i < 64; i++) {
                n = owed.read(scrap, 0, scrap.length);
            }
            return n < 0 && owed.drained();
        } catch (IOException e) {
            return false;
        }
    }

    /// Closes at once, without a farewell: a TLS farewell could block.
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do for a connection that is being given up
        }
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while talking to the model service");
        }
    }
}
