package dev.bowline.testkit.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads requests from a connection. Limits: 64 KiB of head, 32 MiB of body (the service's own
/// limit).
final class HttpInput {
    static final int MAX_HEAD = 64 * 1024;
    static final int MAX_BODY = 32 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private final ReentrantLock filling = new ReentrantLock();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile Runnable onGone = () -> {};
    private int position;
    private int limit;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /// Waits until a byte is there to be read; false at the end of the stream. May be called by one
    /// other thread while the connection's own thread does not read.
    boolean awaitByte() throws IOException {
        filling.lock();
        try {
            if (position < limit) {
                return true;
            }
            var count = in.read(buffer);
            position = 0;
            limit = Math.max(count, 0);
            return count > 0;
        } finally {
            filling.unlock();
        }
    }

    /// Calls back once if the peer leaves; [#unwatch()] ends that. At most one watcher reads at a
    /// time, and only while the connection's own thread does not.
    void watch(Runnable gone) {
        onGone = gone;
        if (watched.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("fake-watch")
                    .start(() -> {
                        var there = stillThere();
                        watched.set(false);
                        if (!there) {
                            onGone.run();
                        }
                    });
        }
    }

    /// Nobody is called back any more.
    void unwatch() {
        onGone = () -> {};
    }

    private boolean stillThere() {
        try {
            return awaitByte();
        } catch (IOException e) {
            return false;
        }
    }

    /// The next request's head, or null when the peer has nothing more to say.
    @Nullable Head head() throws IOException {
        if (!awaitByte()) {
            return null;
        }
        var budget = new int[] {MAX_HEAD};
        var first = line(budget).split(" ", 3);
        if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
            throw new HttpSyntaxException(400, "the request line is not HTTP/1.x");
        }
        var headers = new LinkedHashMap<String, List<String>>();
        for (var line = line(budget); !line.isEmpty(); line = line(budget)) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new HttpSyntaxException(400, "a header line has no name");
            }
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, _ -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return new Head(first[0], first[1], first[2].endsWith("1.0"), headers);
    }

    /// The body that belongs to a head: chunked, by length, or none.
    byte[] body(Head head) throws IOException {
        if ("chunked".equalsIgnoreCase(head.first("transfer-encoding"))) {
            return chunked();
        }
        var length = head.first("content-length");
        return length == null ? new byte[0] : exactly(number(length, 10));
    }

    private byte[] chunked() throws IOException {
        var body = new ByteArrayOutputStream();
        var budget = new int[] {MAX_HEAD};
        while (true) {
            var size = number(line(budget).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                break;
            }
            if (body.size() + size > MAX_BODY) {
                throw new HttpSyntaxException(413, "the body is larger than 32 MiB");
            }
            body.writeBytes(exactly(size));
            line(budget);
            budget[0] = MAX_HEAD;
        }
        while (!line(budget).isEmpty()) {
            // trailers say nothing that matters here
        }
        return body.toByteArray();
    }

    private static int number(String text, int radix) throws HttpSyntaxException {
        try {
            var value = Long.parseLong(text, radix);
            if (value < 0) {
                throw new HttpSyntaxException(400, "a length is negative");
            }
            if (value > MAX_BODY) {
                throw new HttpSyntaxException(413, "the body is larger than 32 MiB");
            }
            return (int) value;
        } catch (NumberFormatException e) {
            throw new HttpSyntaxException(400, "a length is not a number");
        }
    }

    private byte[] exactly(int size) throws IOException {
        var bytes = new byte[size];
        var done = 0;
        while (done < size) {
            need();
            var step = Math.min(size - done, limit - position);
            System.arraycopy(buffer, position, bytes, done, step);
            position += step;
            done += step;
        }
        return bytes;
    }

    private String line(int[] budget) throws IOException {
        var line = new StringBuilder(80);
        while (true) {
            need();
            var start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.append(new String(buffer, start, position - start, StandardCharsets.ISO_8859_1));
            budget[0] -= position - start + 1;
            if (budget[0] < 0) {
                throw new HttpSyntaxException(431, "the head is larger than 64 KiB");
            }
            if (position < limit) {
                position++;
                var end = line.length() - 1;
                return end >= 0 && line.charAt(end) == '\r'
                        ? line.substring(0, end)
                        : line.toString();
            }
        }
    }

    private void need() throws IOException {
        if (!awaitByte()) {
            throw new EOFException("the peer closed the connection inside a request");
        }
    }

    /// Request line and headers.
    record Head(String method, String target, boolean old, Map<String, List<String>> headers) {
        @Nullable String first(String name) {
            var values = headers.get(name);
            return values == null ? null : values.getFirst();
        }

        boolean has(String name, String token) {
            var value = first(name);
            return value != null && value.toLowerCase(Locale.ROOT).contains(token);
        }
    }
}
