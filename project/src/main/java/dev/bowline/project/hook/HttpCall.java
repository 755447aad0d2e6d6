package dev.bowline.project.hook;

import dev.bowline.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends an event to an address. No redirect is followed, and of an answer 1 MiB is read.
final class HttpCall {
    private static final int READ = 1 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private HttpCall() {}

    private static final class Client {
        static final HttpClient SHARED =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .build();
    }

    /// The answer's status and text.
    record Reply(int status, String body) {
        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    /// @param environment where the variables of headers come from
    /// @throws IllegalArgumentException for a header that can't be sent
    static Reply send(Handler.Http to, Json event, Map<String, String> environment)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(to.url())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(event.text()));
        to.headers()
                .forEach((name, value) ->
                        request.setHeader(name, filled(value, to.variables(), environment)));
        var answer = Client.SHARED.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            return new Reply(
                    answer.statusCode(), new String(body.readNBytes(READ), StandardCharsets.UTF_8));
        }
    }

    /// The text with `$NAME` and `${NAME}` replaced: variables that are not on the list, or not
    /// set, are empty.
    static String filled(String text, List<String> allowed, Map<String, String> environment) {
        var filled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            var name = text.charAt(at) == '$' ? name(text, at + 1) : null;
            if (name == null) {
                filled.append(text.charAt(at++));
                continue;
            }
            if (allowed.contains(name)) {
                filled.append(environment.getOrDefault(name, ""));
            }
            boolean braced = text.charAt(at + 1) == '{';
            at += 1 + name.length() + (braced ? 2 : 0);
        }
        return filled.toString();
    }

    /// The name of a variable that begins here, or null.
    private static @Nullable String name(String text, int from) {
        boolean braced = from < text.length() && text.charAt(from) == '{';
        int start = braced ? from + 1 : from;
        int end = start;
        while (end < text.length() && isName(text.charAt(end), end == start)) {
            end++;
        }
        boolean closed = !braced || end < text.length() && text.charAt(end) == '}';
        return end > start && closed ? text.substring(start, end) : null;
    }

    private static boolean isName(char c, boolean first) {
        return c == '_'
                || c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || !first && c >= '0' && c <= '9';
    }
}
