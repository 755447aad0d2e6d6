package dev.bowline.cli.headless;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.Main;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.prompt.Running;
import dev.bowline.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/// A program that drives the headless engine, in this process: it writes lines, reads frames, and
/// answers what it is asked. Closing it closes the engine's input and waits for its end.
public final class HostProgram implements AutoCloseable {
    private static final long SLOW_NANOS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> args =
            new ArrayList<>(
                    List.of(
                            "--output-format",
                            "stream-json",
                            "--verbose",
                            "--input-format",
                            "stream-json"));
    private final Map<String, Function<Map<String, Object>, Object>> answers =
            new LinkedHashMap<>();
    private final List<Map<String, Object>> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Running running = new Running();
    private final Pipe input = new Pipe();
    private Thread engine = Thread.currentThread();
    private final AtomicInteger longest = new AtomicInteger();
    private AtomicInteger slow = new AtomicInteger();
    private volatile int code = -1;

    private HostProgram(Path root) throws IOException {
        directory = Files.createDirectories(root.resolve("work")).toRealPath();
        environment.put("HOME", Files.createDirectories(root.resolve("home")).toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("CLAUDE_CODE_MAX_RETRIES", "0");
        answers.put("mcp_message", request -> Map.of());
    }

    /// A program that works below `root` and reaches the model at `baseUrl`.
    public static HostProgram in(Path root, String baseUrl) {
        try {
            return new HostProgram(root)
                    .with("ANTHROPIC_BASE_URL", baseUrl)
                    .with("ANTHROPIC_API_KEY", "sk-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public HostProgram with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public HostProgram flags(String... more) {
        args.addAll(List.of(more));
        return this;
    }

    /// How to answer the engine's requests of one subtype; a [String] is an error, [#SILENCE] no
    /// answer at all.
    public HostProgram answer(String subtype, Function<Map<String, Object>, Object> how) {
        answers.put(subtype, how);
        return this;
    }

    /// Given as an answer: there is none.
    public static final Object SILENCE = new Object();

    /// Starts the engine.
    public HostProgram start() {
        var console = Console.of(input, new Frames(), errors, environment, directory);
        engine =
                Thread.ofPlatform()
                        .name("engine")
                        .start(() -> code = Main.run(args, console, running));
        return this;
    }

    /// What is written by any thread is read by another one.
    private static final class Pipe extends InputStream {
        private static final byte[] END = new byte[0];
        private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
        private byte[] piece = END;
        private int next;

        void put(byte[] bytes) {
            pieces.add(bytes);
        }

        void end() {
            pieces.add(END);
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            try {
                if (next == piece.length) {
                    piece = pieces.take();
                    next = 0;
                    if (piece.length == 0) {
                        pieces.add(END);
                        return -1;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
            int count = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, into, from, count);
            next += count;
            return count;
        }
    }

    /// Takes the engine's output apart.
    private final class Frames extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (slow.get() > 0) {
                slow.decrementAndGet();
                LockSupport.parkNanos(SLOW_NANOS);
            }
            if (b == '\n') {
                longest.accumulateAndGet(line.size(), Math::max);
                take(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }

    @SuppressWarnings("unchecked") // frames are JSON objects without surprises
    private void take(String line) {
        var frame = (Map<String, Object>) (Map<?, ?>) Json.parse(line).asMap();
        if (frame.get("type").equals("control_request")) {
            var request = (Map<String, Object>) frame.get("request");
            var how = answers.get(String.valueOf(request.get("subtype")));
            var answer =
                    how == null ? "no answer for " + request.get("subtype") : how.apply(request);
            reply(String.valueOf(frame.get("request_id")), answer);
        }
        synchronized (frames) {
            frames.add(frame);
            frames.notifyAll();
        }
    }

    private void reply(String id, Object answer) {
        if (answer == SILENCE) {
            return;
        }
        var response = new LinkedHashMap<String, Object>();
        response.put("subtype", answer instanceof String ? "error" : "success");
        response.put("request_id", id);
        response.put(answer instanceof String ? "error" : "response", answer);
        line(Map.of("type", "control_response", "response", response));
    }

    /// Sends one line as it is.
    public HostProgram raw(String line) {
        input.put((line + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Sends bytes as they are.
    public HostProgram bytes(byte[] bytes) {
        input.put(bytes.clone());
        return this;
    }

    /// Reads the first bytes of the output one by one, a tenth of a millisecond each.
    public HostProgram slowly(AtomicInteger count) {
        slow = count;
        return this;
    }

    /// The length in bytes of the longest line so far.
    public int longestLine() {
        return longest.get();
    }

    public HostProgram line(Map<String, ?> line) {
        return raw(Json.of(line).text());
    }

    public HostProgram say(String text) {
        return say(text, Map.of());
    }

    /// Says something, with further members of the line.
    public HostProgram say(String text, Map<String, ?> more) {
        var line = new LinkedHashMap<String, Object>();
        line.put("type", "user");
        line.put("session_id", "");
        line.put("message", Map.of("role", "user", "content", text));
        line.put("parent_tool_use_id", Json.NULL);
        line.putAll(more);
        return line(line);
    }

    /// Asks the engine for something and waits for the `response` object of its answer.
    public Map<String, Object> request(String subtype, Map<String, ?> members) {
        var id = ask(subtype, members);
        return response(id);
    }

    /// Asks without waiting; the id of the request.
    public String ask(String subtype, Map<String, ?> members) {
        var id = "req_" + ids.incrementAndGet();
        var request = new LinkedHashMap<String, Object>();
        request.put("subtype", subtype);
        request.putAll(members);
        line(Map.of("type", "control_request", "request_id", id, "request", request));
        return id;
    }

    /// Waits for the answer to a request.
    @SuppressWarnings("unchecked") // a response is an object
    public Map<String, Object> response(String id) {
        return (Map<String, Object>)
                await(frame ->
                                frame.get("type").equals("control_response")
                                        && ((Map<?, ?>) frame.get("response"))
                                                .get("request_id")
                                                .equals(id))
                        .get("response");
    }

    /// Waits for a frame.
    public Map<String, Object> await(Predicate<Map<String, Object>> wanted) {
        return await(wanted, 1).getLast();
    }

    /// Waits for `count` frames of a kind.
    public List<Map<String, Object>> await(Predicate<Map<String, Object>> wanted, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (frames) {
            while (true) {
                var found = frames.stream().filter(wanted).toList();
                if (found.size() >= count) {
                    return found;
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                assertTrue(
                        left > 0,
                        () ->
                                "a frame doesn't come; there are "
                                        + frames
                                        + " and on stderr "
                                        + errors());
                try {
                    frames.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
        }
    }

    /// Waits for the result number `count`, counted from 1.
    public Map<String, Object> result(int count) {
        return await(frame -> frame.get("type").equals("result"), count).get(count - 1);
    }

    public Map<String, Object> result() {
        return result(1);
    }

    /// All frames so far.
    public List<Map<String, Object>> frames() {
        return List.copyOf(frames);
    }

    /// Type and subtype of each frame so far that is no part of the control protocol.
    public List<String> kinds() {
        return frames.stream()
                .map(frame ->
                        Optional.ofNullable(frame.get("subtype"))
                                .map(subtype -> frame.get("type") + "/" + subtype)
                                .orElse(String.valueOf(frame.get("type"))))
                .filter(kind -> !kind.startsWith("control_"))
                .toList();
    }

    public String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /// What a signal or a broken pipe would tell.
    public Running running() {
        return running;
    }

    /// Closes the engine's input, which goes on with what it has got.
    public HostProgram endOfInput() {
        input.end();
        return this;
    }

    /// Waits for the engine's end; its exit code.
    public int exitCode() {
        try {
            engine.join(PATIENCE);
            assertFalse(engine.isAlive(), "the engine still runs");
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        endOfInput();
        exitCode();
    }
}
