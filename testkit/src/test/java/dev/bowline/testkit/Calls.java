package dev.bowline.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests through the JDK's own client. */
public final class Calls {
    public static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Calls() {}

    public static String body(String messages) {
        return "{\"model\":\"m\",\"max_tokens\":100,\"messages\":" + messages + "}";
    }

    public static String streaming(String messages) {
        return "{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"messages\":" + messages + "}";
    }

    public static final String HELLO = "[{\"role\":\"user\",\"content\":\"hello\"}]";

    public static HttpRequest.Builder request(String baseUrl, String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("x-api-key", "test-key")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json");
    }

    public static HttpResponse<String> post(String baseUrl, String body)
            throws IOException, InterruptedException {
        return post(CLIENT, baseUrl, body);
    }

    public static HttpResponse<String> post(HttpClient client, String baseUrl, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(baseUrl, "/v1/messages")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public static HttpResponse<String> get(String baseUrl, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(
                request(baseUrl, path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The names of the events of a stream, in order. */
    public static List<String> names(String sse) {
        var names = new ArrayList<String>();
        sse.lines()
                .filter(line -> line.startsWith("event: "))
                .forEach(line -> names.add(line.substring(7)));
        return names;
    }

    /** The text of all text deltas. */
    public static String textOf(String sse) {
        var text = new StringBuilder();
        var matcher =
                java.util.regex.Pattern.compile(
                                "\"text_delta\",\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"")
                        .matcher(sse);
        while (matcher.find()) {
            text.append(matcher.group(1));
        }
        return text.toString();
    }

    /** All input_json_delta pieces, unescaped of quotes. */
    public static String inputOf(String sse) {
        var text = new StringBuilder();
        var matcher =
                java.util.regex.Pattern.compile("\"partial_json\":\"((?:[^\"\\\\]|\\\\.)*)\"")
                        .matcher(sse);
        while (matcher.find()) {
            text.append(matcher.group(1));
        }
        return text.toString().replace("\\\"", "\"");
    }
}
