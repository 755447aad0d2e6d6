package dev.bowline.testkit.replay;

import dev.bowline.testkit.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request and its answer, with times relative to the sending of the request. Credentials are
/// not in it: whoever makes one has replaced them.
///
/// @param recorded when it was recorded, ISO 8601
/// @param method the HTTP method
/// @param target path and query
/// @param requestHeaders names in lower case
/// @param requestBody as text
/// @param status of the answer
/// @param responseHeaders names in lower case
/// @param headAfter time to the answer's head
/// @param parts the answer's body: one part for each server-sent event, or one for all of it
/// @param complete false when the connection broke before the body's end
public record Exchange(
        String recorded,
        String method,
        String target,
        Map<String, String> requestHeaders,
        String requestBody,
        int status,
        Map<String, String> responseHeaders,
        Duration headAfter,
        List<Part> parts,
        boolean complete) {
    /// Copies its collections.
    public Exchange {
        requestHeaders = Map.copyOf(requestHeaders);
        responseHeaders = Map.copyOf(responseHeaders);
        parts = List.copyOf(parts);
    }

    /// A piece of the answer's body.
    ///
    /// @param after time since the request was sent
    public record Part(Duration after, String text) {}

    /// What requests are matched by: SHA-256 over method, path and the body as JSON with sorted
    /// keys and without `metadata`, in hexadecimal.
    public String hash() {
        return hash(method, path(), requestBody);
    }

    /// The target without its query.
    public String path() {
        return target.split("\\?", 2)[0];
    }

    static String hash(String method, String path, String body) {
        var text = method + " " + path + "\n" + Json.canonical(comparable(body));
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The body as it is compared: JSON without `metadata`, or the text when it is no JSON.
    static @Nullable Object comparable(String body) {
        try {
            @Nullable Object parsed = Json.parse(body);
            if (parsed instanceof Map<?, ?>) {
                var copy = new LinkedHashMap<>(Json.object(parsed));
                copy.remove("metadata");
                return copy;
            }
            return parsed;
        } catch (IllegalArgumentException e) {
            return body;
        }
    }
}
