package dev.bowline.testkit.api;

import dev.bowline.testkit.http.HttpAnswer;
import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.http.HttpServer;
import dev.bowline.testkit.http.LoopbackIdentity;
import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The server behind a fake API: routes, checks each request, and has the script's reply delivered.
public final class ApiServer implements AutoCloseable {
    private final ApiScript script;
    private final ConcurrentLinkedQueue<FakeReply> queue;
    private final ApiLog log;
    private final Issued issued = new Issued();
    private final ReplyWriter writer = new ReplyWriter(new Ids(), issued);
    private final AtomicLong numbers = new AtomicLong();
    private final HttpServer http;

    private ApiServer(ApiScript script) {
        this.script = script;
        this.queue = new ConcurrentLinkedQueue<>(script.queue);
        this.log = new ApiLog(script.keptRequests);
        this.http =
                HttpServer.start(
                        script.tls ? LoopbackIdentity.shared().server() : null, this::handle);
    }

    /// Starts on a free loopback port.
    public static ApiServer start(ApiScript script) {
        return new ApiServer(script);
    }

    /// The URL to point a client at, without a trailing slash.
    public String baseUrl() {
        return http.baseUrl();
    }

    /// A context that trusts the certificate of this JVM's TLS test servers and nothing else.
    public SSLContext clientTls() {
        return LoopbackIdentity.shared().client();
    }

    /// What was seen so far.
    public ApiLog log() {
        return log;
    }

    /// Queues more replies.
    public void reply(FakeReply... replies) {
        queue.addAll(List.of(replies));
    }

    /// Queued replies that nobody asked for yet.
    public int unserved() {
        return queue.size();
    }

    /// Connections accepted so far.
    public long connections() {
        return http.connections();
    }

    /// Connections open now.
    public int openConnections() {
        return http.openConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    private void handle(HttpCall call, HttpAnswer answer) throws IOException, InterruptedException {
        var request = new FakeRequest(numbers.incrementAndGet(), call);
        log.arrived(request);
        var counted = new AtomicBoolean();
        answer.whenEnding(() -> {
            counted.set(true);
            log.left(true);
        });
        try {
            route(request, answer);
        } finally {
            if (!counted.get()) {
                log.left(false);
            }
        }
    }

    private void route(FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        switch (request.path()) {
            case "/v1/messages" -> message(request, answer, false);
            case "/v1/messages/count_tokens" -> message(request, answer, true);
            default -> {
                if (request.path().equals("/v1/models")
                        || request.path().startsWith("/v1/models/")) {
                    models(request, answer);
                } else {
                    writer.error(
                            ErrorReply.of(404).message("Not Found: " + request.path()),
                            request,
                            answer);
                }
            }
        }
    }

    private boolean method(String wanted, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        if (request.method().equals(wanted)) {
            return true;
        }
        writer.error(
                ErrorReply.of(405).message("Method Not Allowed: " + request.method()),
                request,
                answer);
        return false;
    }

    private boolean refused(List<Violation> found, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        if (found.isEmpty()) {
            return false;
        }
        log.violated(found);
        var first = found.getFirst();
        writer.error(
                ErrorReply.of(first.status()).type(first.type()).message(first.answer()),
                request,
                answer);
        return true;
    }

    private void message(FakeRequest request, HttpAnswer answer, boolean counting)
            throws IOException, InterruptedException {
        if (!method("POST", request, answer)
                || refused(
                        RequestCheck.message(request, script.rules, issued, counting),
                        request,
                        answer)) {
            return;
        }
        if (script.modelsChecked && !script.models.contains(request.model())) {
            writer.error(ErrorReply.of(404).message("model: " + request.model()), request, answer);
        } else if (counting) {
            json(Map.of("input_tokens", Math.max(1, request.bodyBytes() / 4)), request, answer);
        } else {
            var reply = next(request);
            if (reply instanceof Unscripted(var why)) {
                log.failed(why);
            }
            writer.write(reply, request, answer);
        }
    }

    private FakeReply next(FakeRequest request) {
        @Nullable FakeReply queued = queue.poll();
        if (queued != null) {
            return queued;
        }
        if (script.function == null) {
            return new Unscripted(
                    "the fake API has no reply left for request "
                            + request.number()
                            + " ("
                            + shown(request)
                            + "); queue one more or give a function");
        }
        try {
            @Nullable FakeReply made = script.function.apply(request);
            return made == null
                    ? new Unscripted("the reply function gave null for request " + request.number())
                    : made;
        } catch (RuntimeException | AssertionError e) {
            return new Unscripted(
                    "the reply function failed on request " + request.number() + ": " + e);
        }
    }

    private static String shown(FakeRequest request) {
        var text = request.lastUserText();
        return request.messages().size()
                + " messages, newest user text \""
                + (text.length() > 80 ? text.substring(0, 80) + "..." : text)
                + "\"";
    }

    private void models(FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        if (!method("GET", request, answer)
                || refused(RequestCheck.headers(request, script.rules), request, answer)) {
            return;
        }
        if (request.path().equals("/v1/models")) {
            var list = new LinkedHashMap<String, Object>();
            list.put("data", script.models.stream().map(ApiServer::model).toList());
            list.put("has_more", false);
            if (!script.models.isEmpty()) {
                list.put("first_id", script.models.getFirst());
                list.put("last_id", script.models.getLast());
            }
            json(list, request, answer);
            return;
        }
        var id = request.path().substring("/v1/models/".length());
        if (script.models.contains(id)) {
            json(model(id), request, answer);
        } else {
            writer.error(ErrorReply.of(404).message("model: " + id), request, answer);
        }
    }

    private static Map<String, Object> model(String id) {
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "model");
        model.put("id", id);
        model.put("display_name", id);
        model.put("created_at", "2026-01-01T00:00:00Z");
        return model;
    }

    private static void json(Map<String, Object> value, FakeRequest request, HttpAnswer answer)
            throws IOException {
        var headers = Map.of("content-type", "application/json", "request-id", request.id());
        answer.send(200, headers, MessageReply.utf8(Json.write(value)));
    }
}
