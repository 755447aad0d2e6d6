package dev.bowline.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket: shows what really comes over the wire. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public RawClient(String baseUrl) throws IOException {
        var uri = URI.create(baseUrl);
        socket = new Socket("127.0.0.1", uri.getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    public RawClient send(String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        raw(
                "POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: k\r\nanthropic-version: 2023-06-01\r\n"
                        + "content-type: application/json\r\ncontent-length: "
                        + body.length
                        + "\r\n\r\n");
        socket.getOutputStream().write(body);
        return this;
    }

    public RawClient raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public int read() throws IOException {
        return in.read();
    }

    /** Reads until the text ends with this. */
    public String readUntil(String end) throws IOException {
        var text = new StringBuilder();
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            var b = in.read();
            if (b < 0) {
                throw new IOException("end of stream after: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }

    public String head() throws IOException {
        return readUntil("\r\n\r\n");
    }

    /** Sizes and content of all chunks up to the last one. */
    public Chunks chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        var sizes = new java.util.ArrayList<Integer>();
        while (true) {
            var size = Integer.parseInt(readUntil("\r\n").strip(), 16);
            if (size > 0) {
                sizes.add(size);
                all.write(in.readNBytes(size));
            }
            readUntil("\r\n");
            if (size == 0) {
                return new Chunks(sizes, all.toString(StandardCharsets.UTF_8));
            }
        }
    }

    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public record Chunks(java.util.List<Integer> sizes, String text) {}
}
