package dev.bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeApiServerTest {
    private static final String ASK =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final FakeApiServer server = new FakeApiServer();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void givesEachApiItsOwnScript() throws Exception {
        var first = api();
        var second = api();
        call("POST", first.get("path") + "/replies", "[{\"text\":\"one\"}]");
        call("POST", second.get("path") + "/replies", "[{\"text\":\"two\"}]");

        assertTrue(ask(second).contains("two"));
        assertTrue(ask(first).contains("one"));
    }

    @Test
    void prefersAReplyMadeForTheRequest() throws Exception {
        var api = api();
        call(
                "POST",
                api.get("path") + "/replies",
                "[{\"text\":\"any\"},{\"text\":\"mine\",\"when\":\"hi\"}]");

        assertTrue(ask(api).contains("mine"));
        assertTrue(ask(api).contains("any"));
    }

    @Test
    void showsTheRequestsAndWhatIsLeft() throws Exception {
        var api = api();
        call("POST", api.get("path") + "/replies", "[{\"error\":529},{\"text\":\"left\"}]");

        assertTrue(ask(api).contains("overloaded_error"));
        assertTrue(call("GET", api.get("path") + "/requests/1", "").contains("max_tokens"));
        assertTrue(call("DELETE", api.get("path"), "").contains("\"unserved\":1"));
    }

    @Test
    void refusesACallItDoesNotKnow() throws Exception {
        assertTrue(call("POST", "/nothing", "").contains("there is no call"));
        assertEquals("{\"error\":\"there is no API 77\"}", call("POST", "/apis/77/replies", "[]"));
    }

    private Map<String, String> api() throws IOException, InterruptedException {
        var made = Json.object(Json.parse(call("POST", "/apis", "{}")));
        return Map.of(
                "path", "/apis/" + made.get("id"), "url", String.valueOf(made.get("baseUrl")));
    }

    private String ask(Map<String, String> api) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(api.get("url") + "/v1/messages"))
                        .header("x-api-key", "k")
                        .header("anthropic-version", "2023-06-01")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(ASK))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String call(String method, String path, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
