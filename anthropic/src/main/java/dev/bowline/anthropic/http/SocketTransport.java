package dev.bowline.anthropic.http;

import dev.bowline.anthropic.http.TransportException.Kind;
import dev.bowline.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 over a socket of our own. At most 64 idle connections are kept, each for 30 seconds;
/// they hold no buffers of ours. A call on a kept connection that ends before the first byte of an
/// answer is repeated once on a fresh one.
public final class SocketTransport implements Transport {
    private static final int MAX_IDLE = 64;
    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final int BUFFER = 16 << 10;

    private final Endpoint endpoint;
    private final Timeouts timeouts;
    private final Dialer dialer;
    private final Pool pool;
    private final String targetPrefix;
    private final String proxyHeader;

    public SocketTransport(
            Endpoint endpoint,
            Timeouts timeouts,
            @Nullable Proxy proxy,
            @Nullable SSLContext ssl,
            TimeSource time) {
        this.endpoint = endpoint;
        this.timeouts = timeouts;
        this.dialer = new Dialer(endpoint, proxy, ssl, timeouts.connect());
        this.pool = new Pool(MAX_IDLE, MAX_AGE, time);
        boolean forwarded = proxy != null && !endpoint.tls();
        this.targetPrefix = (forwarded ? "http://" + endpoint.hostHeader() : "") + endpoint.path();
        this.proxyHeader = forwarded && proxy != null ? proxy.authorization() : "";
    }

    @Override
    public Answer send(Call call) throws IOException, InterruptedException {
        Connection.throwIfInterrupted();
        var bytes = call.bytes(endpoint.hostHeader(), targetPrefix, proxyHeader);
        var kept = pool.take();
        if (kept != null) {
            try {
                return exchange(kept, bytes);
            } catch (TransportException e) {
                if (e.kind() != Kind.NO_ANSWER) {
                    throw e;
                }
            }
        }
        return exchange(dialer.dial(), bytes);
    }

    private Answer exchange(Connection connection, byte[] bytes)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            connection.patience(timeouts.firstByte(), Kind.FIRST_BYTE_TIMEOUT);
            var received = written(connection, bytes);
            connection.patience(timeouts.idle(), Kind.IDLE_TIMEOUT);
            var answer = new Received(connection, received);
            done = true;
            return answer;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /// A peer that refuses a large call may answer and close while the call is still being written:
    /// its answer counts.
    private static Connection.Received written(Connection connection, byte[] bytes)
            throws IOException, InterruptedException {
        try {
            connection.write(bytes);
        } catch (TransportException e) {
            try {
                return connection.receive(new byte[BUFFER]);
            } catch (IOException nothing) {
                e.addSuppressed(nothing);
                throw e;
            }
        }
        return connection.receive(new byte[BUFFER]);
    }

    /// How many connections wait for a call.
    public int idle() {
        return pool.idle();
    }

    @Override
    public void close() {
        pool.close();
    }

    private final class Received implements Answer {
        private final Connection connection;
        private final Head head;
        private final Body body;
        private boolean done;
        private boolean closed;

        Received(Connection connection, Connection.Received received) throws TransportException {
            this.connection = connection;
            this.head = received.head();
            this.body =
                    new Body(
                            into -> connection.read(into, 0),
                            connection.peer(),
                            received.start(),
                            length(head, connection.peer()));
        }

        private static long length(Head head, String peer) throws TransportException {
            if (head.status() == 204 || head.status() == 304) {
                return 0;
            }
            if (head.has("transfer-encoding", "chunked")) {
                return -1;
            }
            var length = head.header("content-length");
            try {
                return length == null ? -2 : Long.parseUnsignedLong(length) & Long.MAX_VALUE;
            } catch (NumberFormatException e) {
                throw new TransportException(Kind.NOT_HTTP, peer, "Content-Length", e);
            }
        }

        @Override
        public int status() {
            return head.status();
        }

        @Override
        public @Nullable String header(String name) {
            return head.header(name);
        }

        @Override
        public int read(byte[] into, int from, int length)
                throws IOException, InterruptedException {
            return body.read(into, from, length);
        }

        @Override
        public void done() {
            done = true;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            boolean wanted = body.ended() || done;
            if (!wanted || !head.keepsAlive() || body.endsWithConnection() || !body.drained()) {
                connection.close();
            } else {
                if (!body.ended()) {
                    connection.owes(body);
                }
                pool.put(connection);
            }
        }
    }
}
