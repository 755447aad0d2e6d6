package dev.bowline.testkit.api;

import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that reached the fake API: as it was sent, and its body as plain maps and lists.
/// Accessors of a body that is not what they expect give empty values; the rules have refused such
/// a request already.
public final class FakeRequest {
    private final long number;
    private final HttpCall call;
    private final @Nullable String problem;
    private final Map<String, Object> body;

    FakeRequest(long number, HttpCall call) {
        this.number = number;
        this.call = call;
        @Nullable Object parsed = null;
        @Nullable String trouble = null;
        if (call.body().length > 0) {
            try {
                parsed = Json.parse(call.body());
                trouble = parsed instanceof Map ? null : "the request body is not a JSON object";
            } catch (IllegalArgumentException e) {
                trouble = "the request body is " + e.getMessage();
            }
        }
        this.problem = trouble;
        this.body = Json.object(parsed);
    }

    /// The number of the request on this server, counted from 1.
    public long number() {
        return number;
    }

    /// The `request-id` of the answer.
    public String id() {
        return Ids.request(number);
    }

    /// The number of the connection it came on, counted from 1.
    public long connection() {
        return call.connection();
    }

    /// The HTTP method.
    public String method() {
        return call.method();
    }

    /// The path without the query.
    public String path() {
        return call.path();
    }

    /// Path and query as sent.
    public String target() {
        return call.target();
    }

    /// All headers; names in lower case.
    public Map<String, List<String>> headers() {
        return call.headers();
    }

    /// A header's first value, or the empty string.
    public String header(String name) {
        var value = call.header(name.toLowerCase(java.util.Locale.ROOT));
        return value == null ? "" : value;
    }

    /// The names in `anthropic-beta`.
    public List<String> betas() {
        var names = new ArrayList<String>();
        for (var line : call.headers().getOrDefault("anthropic-beta", List.of())) {
            for (var name : line.split(",", -1)) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /// The body as sent.
    public String text() {
        return call.text();
    }

    /// The body's length.
    public int bodyBytes() {
        return call.body().length;
    }

    /// The body as a JSON object; empty when there is none.
    public Map<String, Object> json() {
        return body;
    }

    /// The model asked for.
    public String model() {
        return string(body.get("model"));
    }

    /// Whether a stream was asked for.
    public boolean streaming() {
        return Boolean.TRUE.equals(body.get("stream"));
    }

    /// The messages in order.
    public List<Map<String, Object>> messages() {
        return objects(body.get("messages"));
    }

    /// The definitions of the tools.
    public List<Map<String, Object>> tools() {
        return objects(body.get("tools"));
    }

    /// The names of the tools.
    public List<String> toolNames() {
        return tools().stream().map(tool -> string(tool.get("name"))).toList();
    }

    /// The system prompt; text blocks are joined by line feeds.
    public String system() {
        return textOf(body.get("system"));
    }

    /// The content blocks of a message; a string counts as one text block.
    public static List<Map<String, Object>> blocks(Map<String, Object> message) {
        var content = message.get("content");
        return content instanceof String text
                ? List.of(Map.of("type", "text", "text", text))
                : objects(content);
    }

    /// The text of the newest message of the user that has any, or the empty string.
    public String lastUserText() {
        for (var message : messages().reversed()) {
            if ("user".equals(message.get("role"))) {
                var text = textOf(message.get("content"));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    /// The `tool_result` blocks of the last message.
    public List<Map<String, Object>> toolResults() {
        var messages = messages();
        return messages.isEmpty() ? List.of() : results(messages.getLast());
    }

    /// How many answers to tool calls this turn has had: messages with results since the newest one
    /// without.
    public int step() {
        var steps = 0;
        for (var message : messages().reversed()) {
            if ("user".equals(message.get("role"))) {
                if (results(message).isEmpty()) {
                    break;
                }
                steps++;
            }
        }
        return steps;
    }

    private static List<Map<String, Object>> results(Map<String, Object> message) {
        return blocks(message).stream()
                .filter(block -> "tool_result".equals(block.get("type")))
                .toList();
    }

    /// The text of a content: a string, or its text blocks joined by line feeds.
    public static String textOf(@Nullable Object content) {
        if (content instanceof String text) {
            return text;
        }
        var texts = new ArrayList<String>();
        for (var block : objects(content)) {
            if ("text".equals(block.get("type"))) {
                texts.add(string(block.get("text")));
            }
        }
        return String.join("\n", texts);
    }

    /// Why the body is no JSON object, or null.
    @Nullable String problem() {
        return problem;
    }

    HttpCall call() {
        return call;
    }

    private static List<Map<String, Object>> objects(@Nullable Object value) {
        return Json.array(value).stream().map(Json::object).toList();
    }

    private static String string(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    @Override
    public String toString() {
        return "request " + number + ": " + method() + " " + target() + " " + text();
    }
}
