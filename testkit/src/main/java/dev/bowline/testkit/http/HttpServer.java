package dev.bowline.testkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on 127.0.0.1 with one blocking virtual thread per connection and keep-alive.
/// TLS is layered over the accepted socket, so that a fault can break the TCP connection below it.
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final HttpHandler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean closed;

    private HttpServer(ServerSocket listener, @Nullable SSLContext tls, HttpHandler handler) {
        this.listener = listener;
        this.tls = tls;
        this.handler = handler;
    }

    /// Listens on a free port and serves until closed; with TLS when a context is given.
    ///
    /// @throws UncheckedIOException when no loopback port can be opened
    public static HttpServer start(@Nullable SSLContext tls, HttpHandler handler) {
        try {
            var listener = new ServerSocket();
            listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                    BACKLOG);
            var server = new HttpServer(listener, tls, handler);
            Thread.ofVirtual().name("fake-accept").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no loopback port could be opened for the test server", e);
        }
    }

    /// The URL without a trailing slash.
    public String baseUrl() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + listener.getLocalPort();
    }

    /// Connections accepted so far.
    public long connections() {
        return connections.get();
    }

    /// Connections open now.
    public int openConnections() {
        return open.size();
    }

    private void accept() {
        while (!closed) {
            try {
                var socket = listener.accept();
                var number = connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual()
                        .name("fake-connection-", number)
                        .start(() -> serve(socket, number));
            } catch (IOException e) {
                // Out of file descriptors, most likely: connections that end give some back.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void serve(Socket socket, long number) {
        threads.add(Thread.currentThread());
        try (socket) {
            if (closed) {
                return;
            }
            socket.setTcpNoDelay(true);
            var secured = secure(socket);
            var in = new HttpInput(secured.getInputStream());
            converse(socket, secured, in, number);
        } catch (IOException | InterruptedException e) {
            // The peer left, the handshake failed, or the server was closed: nobody is there to be
            // told.
        } finally {
            open.remove(socket);
            threads.remove(Thread.currentThread());
        }
    }

    private Socket secure(Socket socket) throws IOException {
        if (tls == null) {
            return socket;
        }
        var address = socket.getInetAddress().getHostAddress();
        var secured =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(socket, address, socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private void converse(Socket socket, Socket secured, HttpInput in, long number)
            throws IOException, InterruptedException {
        try {
            for (var head = in.head(); head != null; head = in.head()) {
                var answer = new HttpAnswer(socket, secured, in);
                if (head.has("expect", "100-continue")) {
                    answer.raw(
                            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    answer.flush();
                }
                var call =
                        new HttpCall(
                                head.method(),
                                head.target(),
                                head.headers(),
                                in.body(head),
                                number);
                handler.handle(call, answer);
                if (answer.closing() || head.old() || head.has("connection", "close")) {
                    secured.close();
                    return;
                }
            }
            secured.close();
        } catch (HttpSyntaxException e) {
            var body = e.getMessage() + "\n";
            new HttpAnswer(socket, secured, in)
                    .send(
                            e.status(),
                            Map.of("connection", "close"),
                            body.getBytes(StandardCharsets.UTF_8));
            secured.close();
        }
    }

    /// Stops listening, ends every hold and breaks every connection.
    @Override
    public void close() {
        closed = true;
        quietly(listener);
        threads.forEach(Thread::interrupt);
        open.forEach(HttpServer::quietly);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing twice or after the peer broke the connection changes nothing.
        }
    }
}
