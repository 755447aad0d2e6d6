package dev.bowline.testkit.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The way back to the client: a correct answer, or one that is cut, held or malformed on purpose.
/// Nothing reaches the client before [#flush()].
public final class HttpAnswer {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private static final int OVER = 0;
    private static final int GONE = 1;

    private final Socket plain;
    private final Socket secured;
    private final OutputStream out;
    private final HttpInput in;
    private Runnable onEnding = () -> {};
    private boolean closing;

    HttpAnswer(Socket plain, Socket secured, HttpInput in) throws IOException {
        this.plain = plain;
        this.secured = secured;
        this.out = new BufferedOutputStream(secured.getOutputStream(), 8192);
        this.in = in;
    }

    /// Calls back once, right before the client can see the end of the answer.
    public void whenEnding(Runnable action) {
        onEnding = action;
    }

    private void ending() {
        var action = onEnding;
        onEnding = () -> {};
        action.run();
    }

    /// The end of an answer of known length, flushed.
    public void complete() throws IOException {
        ending();
        out.flush();
    }

    /// A complete answer, flushed.
    public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
        head(status, headers, body.length);
        out.write(body);
        complete();
    }

    /// The head of an answer with a body of known length; the body follows through
    /// [#raw(byte\[\])].
    public void head(int status, Map<String, String> headers, long length) throws IOException {
        writeHead(status, headers, "content-length: " + length + "\r\n");
    }

    /// The head of a chunked answer.
    public void chunkedHead(int status, Map<String, String> headers) throws IOException {
        writeHead(status, headers, "transfer-encoding: chunked\r\n");
    }

    private void writeHead(int status, Map<String, String> headers, String framing)
            throws IOException {
        var head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\n")
                .append(framing);
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        raw(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// One chunk of a chunked answer. An empty one is left out, since it would end the body.
    public void chunk(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            out.write(Integer.toHexString(length).getBytes(StandardCharsets.ISO_8859_1));
            out.write(CRLF);
            out.write(bytes, offset, length);
            out.write(CRLF);
        }
    }

    /// The end of a chunked answer, flushed.
    public void lastChunk() throws IOException {
        out.write(LAST_CHUNK);
        complete();
    }

    /// Bytes as they are: a body of known length, or chunks framed beforehand.
    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /// A part of an array as it is.
    public void raw(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /// Sends what was written so far.
    public void flush() throws IOException {
        out.flush();
    }

    /// Breaks the connection with a TCP reset; what was not flushed is lost.
    public void reset() throws IOException {
        ending();
        closing = true;
        plain.setSoLinger(true, 0);
        plain.close();
    }

    /// Ends the connection in an orderly way (FIN) after what was written, wherever the answer
    /// stands.
    public void close() throws IOException {
        ending();
        closing = true;
        out.flush();
        secured.close();
    }

    /// Closes the connection after this answer without having announced it, as an idle time-out of
    /// a server would.
    public void closeAfterwards() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    /// Waits until the latch opens. False when the client left instead.
    ///
    /// @throws InterruptedException when the server is closed meanwhile
    public boolean hold(CountDownLatch latch) throws IOException, InterruptedException {
        out.flush();
        var lock = new Object();
        var state = new boolean[2];
        var waiter = Thread.currentThread();
        in.watch(() -> {
            synchronized (lock) {
                if (!state[OVER]) {
                    state[GONE] = true;
                    waiter.interrupt();
                }
            }
        });
        try {
            latch.await();
        } catch (InterruptedException e) {
            synchronized (lock) {
                if (!state[GONE]) {
                    throw e;
                }
            }
        } finally {
            in.unwatch();
        }
        synchronized (lock) {
            state[OVER] = true;
            if (state[GONE]) {
                var _ = Thread.interrupted();
                closing = true;
            }
            return !state[GONE];
        }
    }

    /// Sends what was written so far and lets a time pass.
    ///
    /// @throws InterruptedException when the server is closed meanwhile
    public void pause(Duration time) throws IOException, InterruptedException {
        out.flush();
        var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 529 -> "Overloaded";
            default -> "Status";
        };
    }
}
