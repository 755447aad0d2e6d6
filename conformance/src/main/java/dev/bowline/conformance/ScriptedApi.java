package dev.bowline.conformance;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import dev.bowline.testkit.api.Gate;
import dev.bowline.testkit.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One fake API and the script of one test. Fields and roles that only some engines use are let
/// through; every other rule of the service holds.
final class ScriptedApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A reply, and the text that a request must contain to get it; null for any request.
    private record Queued(@Nullable String when, FakeReply reply) {}

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final List<Queued> queue = new ArrayList<>();
    private final FakeMessagesApi api;
    private @Nullable FakeReply otherwise;

    private ScriptedApi(Map<String, Object> settings) {
        api =
                FakeMessagesApi.start(script -> {
                    script.replyWith(this::next)
                            .rules(rules -> rules.anyFields().allowSystemRole());
                    if (settings.get("key") instanceof String key) {
                        script.rules(rules -> rules.apiKey(key));
                    }
                    if (settings.get("window") instanceof Number tokens) {
                        script.rules(rules -> rules.contextWindow(tokens.intValue()));
                    }
                    if (settings.get("models") instanceof List<?> models) {
                        script.models(models.stream().map(String::valueOf).toArray(String[]::new));
                    }
                });
    }

    static ScriptedApi start(Map<String, Object> settings) {
        return new ScriptedApi(settings);
    }

    String baseUrl() {
        return api.baseUrl();
    }

    /// A reply made for this request comes before one for any.
    private synchronized FakeReply next(FakeRequest request) {
        Queued found = null;
        for (var entry : queue) {
            if (entry.when() == null ? found == null : request.text().contains(entry.when())) {
                found = entry;
                if (entry.when() != null) {
                    break;
                }
            }
        }
        if (found != null) {
            queue.remove(found);
            return found.reply();
        }
        if (otherwise != null) {
            return otherwise;
        }
        throw new IllegalStateException("the script has no reply left");
    }

    synchronized Map<String, Object> queue(List<Object> replies) {
        for (var each : replies) {
            var json = Json.object(each);
            var reply = new ReplyJson(json, this::gate).reply();
            var when = json.get("when") instanceof String text ? text : null;
            var times = json.get("times") instanceof Number count ? count.intValue() : 1;
            for (var i = 0; i < times; i++) {
                queue.add(new Queued(when, reply));
            }
        }
        return Map.of("queued", queue.size());
    }

    synchronized Map<String, Object> otherwise(Map<String, Object> reply) {
        otherwise = new ReplyJson(reply, this::gate).reply();
        return Map.of();
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, _ -> new Gate());
    }

    Map<String, Object> open(String name) {
        gate(name).open();
        return Map.of();
    }

    Map<String, Object> reached(String name) throws InterruptedException {
        gate(name).awaitReached(PATIENCE);
        return Map.of();
    }

    List<Object> requests(int atLeast) throws InterruptedException {
        api.awaitRequests(atLeast, PATIENCE);
        return api.requests().stream().map(ScriptedApi::shown).toList();
    }

    private static Object shown(FakeRequest request) {
        return Map.of(
                "method", request.method(),
                "target", request.target(),
                "headers", request.headers(),
                "body", request.json());
    }

    synchronized Map<String, Object> summary() {
        return Map.of(
                "unserved", queue.size(),
                "failures", api.failures(),
                "violations", api.violations().stream().map(v -> (Object) v.answer()).toList());
    }

    @Override
    public void close() {
        api.close();
    }
}
