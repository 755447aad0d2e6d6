package dev.bowline.tools.web;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A web server on this machine that answers with the bytes it was told, however wrong they are.
final class TinySite implements AutoCloseable {
    /// Writes an answer to a request for a path.
    interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ServerSocket server;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    TinySite() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
    }

    TinySite(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return url("site.example", path);
    }

    String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /// A policy that knows `site.example` and `other.example` here, and lets both be contacted.
    AddressPolicy policy() {
        return new AddressPolicy(
                NameLookup.of(
                        Map.of(
                                "site.example", List.of("127.0.0.1"),
                                "other.example", List.of("127.0.0.1"),
                                "private.example", List.of("127.0.0.1"))),
                java.util.Set.of("site.example", "other.example"));
    }

    TinySite on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    TinySite on(String path, String type, String body) {
        return on(path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    TinySite on(String path, String type, byte[] body, String... headers) {
        return on(
                path,
                out -> {
                    var head =
                            new StringBuilder(
                                    "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n");
                    if (!type.isEmpty()) {
                        head.append("Content-Type: ").append(type).append("\r\n");
                    }
                    for (var header : headers) {
                        head.append(header).append("\r\n");
                    }
                    out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    out.write(body);
                });
    }

    TinySite redirects(String path, String location) {
        return raw(
                path,
                "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    TinySite raw(String path, String answer) {
        return on(path, out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var request = head(socket.getInputStream());
            requests.add(request);
            var path = request.split(" ", 3)[1];
            answers.getOrDefault(
                            path,
                            out ->
                                    out.write(
                                            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                                                    .getBytes(StandardCharsets.ISO_8859_1)))
                    .to(socket.getOutputStream());
        } catch (IOException | RuntimeException | InterruptedException theClientHasGone) {
            // Some tests make it go.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.write(c);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var each : open) {
            each.close();
        }
    }
}
