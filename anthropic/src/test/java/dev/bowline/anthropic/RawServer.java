package dev.bowline.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a loopback port that does with each connection what the test says.
final class RawServer implements AutoCloseable {
    interface Talk {
        void with(Socket socket, int number) throws Exception;
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket server) {
        this.server = server;
    }

    static RawServer talking(Talk talk) throws IOException {
        var raw = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> raw.accept(talk));
        return raw;
    }

    /// Reads one request head and says the text, on every connection.
    static RawServer answering(String text) throws IOException {
        return talking((socket, number) -> {
            head(socket.getInputStream());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
        });
    }

    private void accept(Talk talk) {
        try {
            for (int number = 1; ; number++) {
                int n = number;
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual()
                        .start(() -> {
                            try (socket) {
                                talk.with(socket, n);
                            } catch (Exception e) {
                                // the client is gone, or the test is over
                            }
                        });
            }
        } catch (IOException e) {
            // closed
        }
    }

    /// Reads up to the empty line.
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the client left");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /// Reads a head and the body that it announces.
    static String request(InputStream in) throws IOException {
        var head = head(in);
        var length = head.toLowerCase(java.util.Locale.ROOT).split("content-length: ", 2);
        in.readNBytes(length.length < 2 ? 0 : Integer.parseInt(length[1].split("\r\n", 2)[0]));
        return head;
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
