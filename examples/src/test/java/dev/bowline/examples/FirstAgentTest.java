package dev.bowline.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.anthropic.AnthropicModel;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FirstAgentTest {
    @Test
    void asksTheToolAndAnswers() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        FakeReply.toolUse("weather", Map.of("city", "Bergen")),
                                        FakeReply.text("A raincoat.")));
                var model =
                        AnthropicModel.fromEnvironment(
                                Map.of(
                                        "ANTHROPIC_BASE_URL",
                                        api.baseUrl(),
                                        "ANTHROPIC_API_KEY",
                                        "sk-test"))) {
            assertEquals(
                    "A raincoat.", FirstAgent.ask(model, "What should I wear in Bergen today?"));
            assertTrue(api.lastRequest().text().contains("Rain in Bergen"));
            api.verify();
        }
    }

    @Test
    void theReadmeShowsThisProgram() throws Exception {
        var readme = Files.readString(Path.of("..", "README.md"));
        var program =
                squeezed(
                        Files.readString(
                                Path.of("src/main/java/dev/bowline/examples/FirstAgent.java")));
        var shown = readme.substring(readme.indexOf("```java") + 7);
        for (var part : shown.substring(0, shown.indexOf("```")).split("\n\n")) {
            assertTrue(program.contains(squeezed(part)), part);
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
