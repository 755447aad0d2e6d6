package dev.bowline.cli.headless.host;

import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The program that drives this engine: questions to it and answers for it. Safe for any thread; a
/// question blocks the thread that asks.
public final class Host {
    /// Waits as long as it takes.
    public static final Duration FOREVER = Duration.ZERO;

    private final Consumer<String> out;
    private final Map<String, Question> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param out takes one frame
    public Host(Consumer<String> out) {
        this.out = out;
    }

    /// One question on its way. `frame` is kept for a host that attaches again.
    private record Question(String frame, BlockingQueue<HostLine> answer) {}

    /// Asks and waits for the answer's payload.
    ///
    /// @param fields writes the members of the request, `subtype` first
    /// @param atMost [#FOREVER] or how long to wait
    /// @throws HostClosedException when the host has closed its side, at once
    /// @throws HostErrorException when it answers with an error, or the time is up
    /// @throws InterruptedException when the caller was interrupted; the host is told that nobody
    ///   waits any more
    public Json ask(Consumer<JsonOut> fields, Duration atMost)
            throws HostClosedException, HostErrorException, InterruptedException {
        var id = UUID.randomUUID().toString();
        var question = new Question(request(id, fields), new ArrayBlockingQueue<>(1));
        open.put(id, question);
        try {
            if (closed) {
                throw new HostClosedException();
            }
            out.accept(question.frame());
            return payload(id, wait(question, atMost), atMost);
        } catch (InterruptedException e) {
            cancel(id);
            throw e;
        } finally {
            open.remove(id);
        }
    }

    /// A failure that the host reports in its own way.
    public static HostErrorException problem(String message) {
        return new HostErrorException(message, false);
    }

    private static @Nullable HostLine wait(Question question, Duration atMost)
            throws InterruptedException {
        return atMost.equals(FOREVER)
                ? question.answer().take()
                : question.answer().poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Json payload(String id, @Nullable HostLine answer, Duration atMost)
            throws HostClosedException, HostErrorException {
        return switch (answer) {
            case HostLine.Reply(var any, Json payload) -> payload;
            case HostLine.Refusal(var any, String error) ->
                    throw new HostErrorException(error, false);
            case null -> {
                cancel(id);
                throw new HostErrorException(
                        "the host did not answer within " + atMost.toSeconds() + " s", true);
            }
            case HostLine other -> throw new HostClosedException();
        };
    }

    private void cancel(String id) {
        send(frame -> frame.field("type", "control_cancel_request").field("request_id", id));
    }

    private static String request(String id, Consumer<JsonOut> fields) {
        try (var frame = JsonOut.toText()) {
            frame.beginObject()
                    .field("type", "control_request")
                    .field("request_id", id)
                    .name("request")
                    .beginObject();
            fields.accept(frame);
            return frame.endObject().endObject().text();
        }
    }

    /// An answer has come. False when nobody waits for it.
    public boolean answered(String id, HostLine answer) {
        var question = open.get(id);
        return question != null && question.answer().offer(answer);
    }

    /// No answers will come any more.
    public void close() {
        closed = true;
        open.values().forEach(question -> question.answer().offer(new HostLine.Nothing()));
    }

    public boolean closed() {
        return closed;
    }

    /// Answers a request of the host's; `payload` null means that there is nothing to say.
    public void reply(String id, @Nullable Json payload) {
        send(frame -> {
            frame.field("type", "control_response")
                    .name("response")
                    .beginObject()
                    .field("subtype", "success")
                    .field("request_id", id);
            if (payload != null) {
                frame.name("response").rawLine(payload);
            }
            frame.endObject();
        });
    }

    /// The answer to `initialize`, with the questions that are open.
    public void greet(String id, Json payload) {
        send(frame -> {
            frame.field("type", "control_response")
                    .name("response")
                    .beginObject()
                    .field("subtype", "success")
                    .field("request_id", id)
                    .name("response")
                    .rawLine(payload);
            var asked = open.values().stream().map(Question::frame).toList();
            pending(frame, "pending_permission_requests", asked, "can_use_tool");
            pending(frame, "pending_user_dialog_requests", asked, "request_user_dialog");
            pending(frame, "pending_elicitation_requests", asked, "elicitation");
            frame.endObject();
        });
    }

    private static void pending(JsonOut out, String name, List<String> frames, String subtype) {
        out.name(name).beginArray();
        frames.stream()
                .filter(frame -> frame.contains("\"request\":{\"subtype\":\"" + subtype + "\""))
                .forEach(frame -> out.raw(Json.parse(frame)));
        out.endArray();
    }

    /// Refuses a request of the host's.
    public void fail(String id, String error) {
        fail(id, error, "");
    }

    /// The same with a word for programs; empty for none.
    public void fail(String id, String error, String code) {
        send(frame -> {
            frame.field("type", "control_response")
                    .name("response")
                    .beginObject()
                    .field("subtype", "error")
                    .field("request_id", id)
                    .field("error", error);
            if (!code.isEmpty()) {
                frame.field("error_code", code);
            }
            frame.endObject();
        });
    }

    private void send(Consumer<JsonOut> fields) {
        try (var frame = JsonOut.toText()) {
            frame.beginObject();
            fields.accept(frame);
            out.accept(frame.endObject().text());
        }
    }
}
