package dev.bowline.conformance;

import dev.bowline.testkit.http.HttpAnswer;
import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.http.HttpServer;
import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts fake Messages APIs on demand, each on a loopback port of its own, and lets a test script
/// them. Prints its own URL as the only line of standard output and ends with its standard input.
///
/// | call | body | answer |
/// |---|---|---|
/// | `POST /apis` | settings: `key`, `window`, `models` | `id`, `baseUrl` |
/// | `POST /apis/ID/replies` | array of replies, see [ReplyJson] | |
/// | `POST /apis/ID/otherwise` | the reply to every request that finds the queue empty | |
/// | `GET /apis/ID/requests/N` | | all requests, once N came in (at most 20 s) |
/// | `GET /apis/ID/gates/NAME` | | once a reply stands at the gate (at most 20 s) |
/// | `POST /apis/ID/gates/NAME` | | opens it |
/// | `DELETE /apis/ID` | | `unserved`, `failures`, `violations` |
public final class FakeApiServer implements AutoCloseable {
    private final Map<String, ScriptedApi> apis = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final HttpServer http;

    /// Listens on a free loopback port.
    public FakeApiServer() {
        http = HttpServer.start(null, this::handle);
    }

    /// Serves until standard input ends.
    public static void main(String[] arguments) throws IOException {
        try (var server = new FakeApiServer()) {
            System.out.println(server.url());
            while (System.in.read() >= 0) {
                // Nothing is said on this channel but its end.
            }
        }
    }

    /// The URL of the scripting calls, without a trailing slash.
    public String url() {
        return http.baseUrl();
    }

    @Override
    public void close() {
        http.close();
        apis.values().forEach(ScriptedApi::close);
    }

    private void handle(HttpCall call, HttpAnswer answer) throws IOException, InterruptedException {
        try {
            send(answer, 200, answerTo(call));
        } catch (IllegalArgumentException | IllegalStateException e) {
            send(answer, 400, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private static void send(HttpAnswer answer, int status, Object body) throws IOException {
        answer.send(
                status,
                Map.of("content-type", "application/json"),
                Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    private Object answerTo(HttpCall call) throws InterruptedException {
        var path = List.of(call.path().substring(1).split("/", -1));
        @Nullable Object body = call.body().length == 0 ? null : Json.parse(call.body());
        if (!path.getFirst().equals("apis") || path.size() > 4) {
            throw new IllegalArgumentException("there is no call " + call.target());
        }
        if (path.size() == 1) {
            return started(Json.object(body));
        }
        var api = apis.get(path.get(1));
        if (api == null) {
            throw new IllegalArgumentException("there is no API " + path.get(1));
        }
        if (path.size() == 2 && call.method().equals("DELETE")) {
            apis.remove(path.get(1));
            api.close();
            return api.summary();
        }
        return scripted(api, call, path, body);
    }

    private static Object scripted(
            ScriptedApi api, HttpCall call, List<String> path, @Nullable Object body)
            throws InterruptedException {
        var last = path.getLast();
        return switch (call.method() + " " + (path.size() > 2 ? path.get(2) : "")) {
            case "POST replies" -> api.queue(Json.array(body));
            case "POST otherwise" -> api.otherwise(Json.object(body));
            case "GET requests" -> api.requests(Integer.parseInt(last));
            case "GET gates" -> api.reached(last);
            case "POST gates" -> api.open(last);
            default -> throw new IllegalArgumentException("there is no call " + call.target());
        };
    }

    private Map<String, Object> started(Map<String, Object> settings) {
        var id = Long.toString(ids.incrementAndGet());
        var api = ScriptedApi.start(settings);
        apis.put(id, api);
        return Map.of("id", id, "baseUrl", api.baseUrl());
    }
}
