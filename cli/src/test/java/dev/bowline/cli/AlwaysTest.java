package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.console.Lines;
import dev.bowline.cli.prompt.Running;
import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What "always" means to a person at a terminal.
@Timeout(60)
class AlwaysTest {
    @TempDir Path root;

    /// What the person read.
    private String run(String typed, String... commands) throws IOException {
        var work = Files.createDirectories(root.resolve("work"));
        var out = new ByteArrayOutputStream();
        try (var api =
                FakeMessagesApi.start(a -> {
                    for (var command : commands) {
                        a.reply(toolUse("Bash", Json.of(Map.of("command", command)).text()));
                    }
                    a.reply(text("Done."));
                })) {
            var console =
                    new Console(
                            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                            new Lines(new ByteArrayOutputStream()),
                            new Lines(out),
                            Map.of(
                                    "HOME",
                                    root.resolve("home").toString(),
                                    "PATH",
                                    System.getenv("PATH"),
                                    "ANTHROPIC_API_KEY",
                                    "sk-test",
                                    "ANTHROPIC_BASE_URL",
                                    api.baseUrl()),
                            work,
                            new Console.Terminal(true, false, true, false));
            assertEquals(0, Main.run(List.of("-p", "go"), console, new Running()));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String settings() throws IOException {
        var file = root.resolve("work/.claude/settings.local.json");
        return Files.exists(file) ? Json.of(Json.parse(Files.readString(file)).value()).text() : "";
    }

    private static int questions(String read) {
        return read.split("allow\\?", -1).length - 1;
    }

    @Test
    void theRuleIsShownAndKeptAndHoldsTheNextTimeWithoutAWord() throws IOException {
        var first = run("a\n", "make test", "make test");
        assertEquals(1, questions(first), first);
        assertTrue(first.contains("[a]lways for Bash(make test *) in this folder"), first);
        assertEquals("{\"permissions\":{\"allow\":[\"Bash(make test *)\"]}}", settings());
        var second = run("", "make test", "make test fast");
        assertEquals(0, questions(second), second);
        assertFalse(second.contains("trust"), second);
        assertEquals(1, questions(run("n\n", "make clean")));
    }

    @Test
    void yesHoldsOnceAndIsNotKept() throws IOException {
        assertEquals(2, questions(run("y\nn\n", "make test", "make test")));
        assertEquals("", settings());
    }

    @Test
    void whereNoRuleFitsItHoldsUntilTheEndOnly() throws IOException {
        var read = run("a\n", "$X test", "$X test");
        assertTrue(read.contains("for this command in this session"), read);
        assertEquals("", settings());
        assertEquals(1, questions(run("n\n", "$X test")));
    }

    @Test
    void aFileThatCannotBeWrittenLeavesItToTheSession() throws IOException {
        Files.createDirectories(root.resolve("work/.claude"));
        Files.writeString(root.resolve("work/.claude/settings.local.json"), "{broken");
        var read = run("a\n", "make test", "make test");
        assertEquals(1, questions(read), read);
        assertEquals("{broken", Files.readString(root.resolve("work/.claude/settings.local.json")));
    }

    @Test
    void settingsThatNobodyTrustsDoNotBecomeTrustedByIt() throws IOException {
        Files.createDirectories(root.resolve("work/.claude"));
        Files.writeString(
                root.resolve("work/.claude/settings.local.json"),
                "{\"permissions\":{\"allow\":[\"Bash(curl *)\"]}}");
        run("a\n", "make test");
        assertTrue(settings().contains("Bash(make test *)"));
        assertEquals(1, questions(run("n\n", "curl http://127.0.0.1:1/")));
    }
}
