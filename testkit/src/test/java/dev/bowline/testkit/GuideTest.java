package dev.bowline.testkit;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/testing.md, as it stands there. */
class GuideTest {
    // guide
    @Test
    void survivesAnOverloadedService() throws Exception {
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.reply(error(529).retryAfterMillis(5), text("It works.")));
                var client = HttpClient.newHttpClient()) {
            var body =
                    """
                    {"model":"m","max_tokens":50,"stream":true,"messages":[{"role":"user","content":"Hello"}]}\
                    """;
            var request =
                    HttpRequest.newBuilder(URI.create(api.baseUrl() + "/v1/messages"))
                            .header("x-api-key", "any")
                            .header("anthropic-version", "2023-06-01")
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();

            var first = client.send(request, HttpResponse.BodyHandlers.ofString());
            var second = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertEquals(529, first.statusCode());
            assertEquals("5", first.headers().firstValue("retry-after-ms").orElseThrow());
            assertTrue(second.body().contains("message_stop"));
            assertEquals("Hello", api.lastRequest().lastUserText());
            api.verify(); // no rule broken, no reply missing, none left over
        }
    }

    // guide

    @Test
    void theGuideShowsTheseLines() throws Exception {
        var source = Files.readString(Path.of("src/test/java/dev/bowline/testkit/GuideTest.java"));
        var example = source.split("    // guide\n", -1)[1].replaceAll("(?m)^    ", "").strip();
        var guide = Files.readString(Path.of("../docs/testing.md"));
        assertTrue(
                guide.contains(example),
                "docs/testing.md does not show the example as it is tested");
    }
}
