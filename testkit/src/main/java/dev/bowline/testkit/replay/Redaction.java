package dev.bowline.testkit.replay;

import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes credentials out of what is recorded: the headers that carry them, every other place where
/// their values occur, and `metadata.user_id`.
final class Redaction {
    static final String MARK = "[redacted]";
    private static final Set<String> HEADERS =
            Set.of(
                    "x-api-key",
                    "authorization",
                    "proxy-authorization",
                    "cookie",
                    "set-cookie",
                    "anthropic-organization-id");
    private static final int SHORTEST_SECRET = 8;

    private final List<String> secrets = new ArrayList<>();

    Redaction(HttpCall call) {
        for (var name : List.of("x-api-key", "authorization", "proxy-authorization", "cookie")) {
            for (var value : call.headers().getOrDefault(name, List.of())) {
                secret(value);
                var space = value.indexOf(' ');
                secret(space < 0 ? "" : value.substring(space + 1).strip());
            }
        }
    }

    private void secret(String value) {
        if (value.length() >= SHORTEST_SECRET) {
            secrets.add(value);
        }
    }

    String text(String text) {
        var clean = text;
        for (var secret : secrets) {
            clean = clean.replace(secret, MARK);
        }
        return clean;
    }

    String body(String body) {
        var clean = text(body);
        try {
            var json = new LinkedHashMap<>(Json.object(Json.parse(clean)));
            if (Json.object(json.get("metadata")).containsKey("user_id")) {
                var metadata = new LinkedHashMap<>(Json.object(json.get("metadata")));
                metadata.put("user_id", MARK);
                json.put("metadata", metadata);
                return Json.write(json);
            }
            return clean;
        } catch (IllegalArgumentException e) {
            return clean;
        }
    }

    Map<String, String> headers(Map<String, List<String>> headers) {
        var clean = new LinkedHashMap<String, String>();
        headers.forEach((name, values) ->
                clean.put(name, HEADERS.contains(name) ? MARK : text(String.join(", ", values))));
        return clean;
    }
}
