package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.promptTooLong;
import static dev.bowline.testkit.api.FakeReply.refusal;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.prompt.Running;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultsTest {
    @TempDir private Path root;

    private static void oneSentence(String err) {
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.startsWith("bowline: "), err);
        assertFalse(err.contains("\tat "), err);
    }

    private void failsAs(FakeReply reply, String error, Object status, String terminalReason) {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(reply, reply, reply))) {
            cli.against(api.baseUrl());
            var asText = cli.run("-p", "hello");
            assertEquals(1, asText.code());
            assertEquals("", asText.out());
            oneSentence(asText.err());
            assertTrue(asText.err().startsWith("bowline: API Error: "), asText.err());

            var frames = cli.run("-p", "hello", "--output-format", "stream-json", "--verbose");
            assertEquals(1, frames.code());
            var announcement = frames.frames().get(1);
            assertEquals("assistant", announcement.get("type"));
            assertEquals(error, announcement.get("error"));

            var asJson = cli.run("-p", "hello", "--output-format", "json");
            assertEquals(1, asJson.code());
            for (var result : List.of(frames.lastFrame(), asJson.lastFrame())) {
                assertEquals("success", result.get("subtype"));
                assertEquals(true, result.get("is_error"));
                assertEquals(status, result.get("api_error_status"));
                assertEquals(terminalReason, result.get("terminal_reason"));
                assertTrue(
                        result.get("result")
                                .toString()
                                .startsWith("API Error: " + (status == null ? "" : status)));
            }
        }
    }

    @Test
    void aWrongKey() {
        failsAs(error(401), "authentication_failed", 401L, "api_error");
    }

    @Test
    void aModelThatIsNotThere() {
        failsAs(error(404, "model: claude-nonsense"), "model_not_found", 404L, "api_error");
    }

    @Test
    void anOverloadedService() {
        failsAs(error(529), "server_error", 529L, "api_error");
    }

    @Test
    void aConversationThatIsTooLong() {
        failsAs(promptTooLong(300_000, 200_000), "invalid_request", 400L, "prompt_too_long");
    }

    @Test
    void anAddressWhereNobodyAnswers() {
        var result =
                Cli.in(root)
                        .against("http://127.0.0.1:1")
                        .run("-p", "hello", "--output-format", "json");

        assertEquals(1, result.code());
        assertEquals("api_error", result.lastFrame().get("terminal_reason"));
        assertTrue(result.lastFrame().get("result").toString().contains("127.0.0.1:1"));
    }

    @Test
    void whatWasTypedWronglyHasACodeAndNothingOnStandardOutput() {
        var wrong =
                Map.of(
                        "config_invalid",
                        List.of(
                                List.of("--nope"),
                                List.of("-p", "hi", "--output-format", "xml"),
                                List.of("-p", "hi", "--session-id", "7"),
                                List.of("sessions", "list", "extra"),
                                List.of("tools", "schema", "Read", "Glob")),
                        "prompt_empty",
                        List.of(List.of("-p"), List.of("-p", " ")),
                        "tool_unknown",
                        List.of(List.of("tools", "call", "Hammer", "{}")),
                        "tool_input_invalid",
                        List.of(
                                List.of("tools", "call", "Read", "{bad"),
                                List.of("tools", "call", "Read", "[]")));
        wrong.forEach((code, lines) ->
                lines.forEach(line -> {
                    var result = Cli.in(root).run(line.toArray(String[]::new));

                    assertEquals(1, result.code(), line::toString);
                    assertEquals("", result.out());
                    oneSentence(result.err());
                    assertTrue(result.err().endsWith(" [" + code + "]\n"), result.err());
                }));
    }

    @Test
    void aRepeatedCallIsAnnouncedWithTheWordOfTheProtocol() {
        var cli = Cli.in(root).with("CLAUDE_CODE_MAX_RETRIES", "1");
        try (var api = FakeMessagesApi.start(a -> a.reply(error(529), text("There.")))) {
            var result =
                    cli.against(api.baseUrl())
                            .run("-p", "hello", "--output-format", "stream-json", "--verbose");

            var retry = result.frames().get(1);
            assertEquals("api_retry", retry.get("subtype"));
            assertEquals(529L, retry.get("error_status"));
            assertEquals("overloaded", retry.get("error"));
            assertEquals("success", result.lastFrame().get("subtype"));
        }
    }

    @Test
    void helpThatNobodyAskedForIsNoData() {
        for (var command : List.of("sessions", "tools")) {
            var unasked = Cli.in(root).run(command);
            assertEquals(1, unasked.code());
            assertEquals("", unasked.out());

            var asked = Cli.in(root).run(command, "--help");
            assertEquals(0, asked.code());
            assertEquals(unasked.err(), asked.out());
        }
    }

    @Test
    void anOutputThatTakesNothingIsNoSuccess() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        var cli = Cli.in(root);
        for (var line : List.of(List.of("-p", "hello"), List.of("tools", "list"))) {
            var console =
                    Console.of(
                            InputStream.nullInputStream(),
                            full,
                            OutputStream.nullOutputStream(),
                            cli.environment(),
                            cli.directory());
            assertEquals(Running.UNREAD, Main.run(line, console, new Running()));
        }
    }

    @Test
    void anAddressThatIsNone() {
        var result = Cli.in(root).against("nonsense").run("-p", "hello");

        assertEquals(1, result.code());
        oneSentence(result.err());
        assertTrue(
                result.err().contains("nonsense") && result.err().contains("[config_invalid]"),
                result.err());
    }

    @Test
    void aRefusalIsAnErrorWithItsReason() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(refusal("cyber", "no")))) {
            var result = cli.against(api.baseUrl()).run("-p", "hello", "--output-format", "json");

            assertEquals(1, result.code());
            assertEquals("refusal", result.lastFrame().get("stop_reason"));
        }
    }

    @Test
    void tooManyTurnsAreCountedAsTheFieldDoes() {
        var cli = Cli.in(root);
        var call = toolUse("Glob", Map.of("pattern", "*"));
        try (var api = FakeMessagesApi.start(a -> a.reply(call, call))) {
            var result =
                    cli.against(api.baseUrl())
                            .run("-p", "hello", "--max-turns", "2", "--output-format", "json");

            assertEquals(1, result.code());
            assertEquals("error_max_turns", result.lastFrame().get("subtype"));
            assertEquals("max_turns", result.lastFrame().get("terminal_reason"));
            assertEquals(3L, result.lastFrame().get("num_turns"));
            assertTrue(result.lastFrame().get("errors").toString().contains("2"));
            api.verify();
        }
    }

    @Test
    void anExhaustedBudgetEndsTheTurn() {
        var cli = Cli.in(root);
        var call = toolUse("Glob", Map.of("pattern", "*"));
        try (var api = FakeMessagesApi.start(a -> a.reply(call))) {
            var result =
                    cli.against(api.baseUrl())
                            .run(
                                    "-p",
                                    "hello",
                                    "--max-budget-usd",
                                    "0.000001",
                                    "--output-format",
                                    "json");

            assertEquals("error_max_budget_usd", result.lastFrame().get("subtype"));
            assertEquals("budget_exhausted", result.lastFrame().get("terminal_reason"));
            assertEquals(1, api.requests().size());
        }
    }

    @Test
    void aSessionThatIsNotThere() {
        var id = "00000000-0000-4000-8000-000000000000";
        var result = Cli.in(root).run("-p", "hello", "--resume", id);

        assertEquals(1, result.code());
        assertTrue(
                result.err().contains("No conversation found with session ID: " + id),
                result.err());
        assertTrue(result.err().contains("[session_not_found]"), result.err());
    }

    @Test
    void anEmptyPrompt() {
        var result = Cli.in(root).run("-p");

        assertEquals(1, result.code());
        oneSentence(result.err());
        assertTrue(result.err().contains("the prompt is empty"), result.err());
    }

    @Test
    void inputThatIsTooMuchOrNoText() {
        var cli = Cli.in(root);

        assertTrue(
                cli.runWithInput("x".repeat(10_000_001), "-p").err().contains("more than 10 MB"));
    }

    @Test
    void flagsThatContradictEachOther() {
        var cli = Cli.in(root);

        for (var args :
                List.of(
                        List.of("--continue", "--resume", "x"),
                        List.of("--fork-session"),
                        List.of("--session-id", "x"),
                        List.of("--session-id=00000000-0000-4000-8000-000000000000", "-c"),
                        List.of("--output-format", "xml"),
                        List.of("--input-format", "stream-json"),
                        List.of("--permission-mode", "yolo"),
                        List.of("--add-dir", "nowhere"),
                        List.of("--allowedTools", "(x)"),
                        List.of("--tools", "Reed"),
                        List.of("--system-prompt", "a", "--system-prompt-file", "b"),
                        List.of("--append-system-prompt-file", "nowhere"))) {
            var all = new java.util.ArrayList<>(List.of("-p", "hello"));
            all.addAll(args);
            var result = cli.run(all.toArray(String[]::new));

            assertEquals(1, result.code(), args.toString());
            assertEquals("", result.out(), args.toString());
            var complaint =
                    result.err().lines().filter(line -> !line.contains("offline model")).toList();
            assertEquals(1, complaint.size(), result.err());
        }
    }

    @Test
    void aConfigurationFolderThatCannotBeWritten() throws Exception {
        var cli = Cli.in(root);
        var file = Files.writeString(root.resolve("a-file"), "not a folder");
        var result =
                cli.with("CLAUDE_CONFIG_DIR", file.toString())
                        .run("-p", "hello", "--output-format", "json");

        assertEquals(1, result.code());
        assertEquals("error_during_execution", result.lastFrame().get("subtype"), result.err());
        assertTrue(result.lastFrame().get("errors").toString().contains("a-file"), result.out());

        assertEquals(0, cli.run("-p", "What files are here?", "--no-session-persistence").code());
    }

    @Test
    void aStackTraceIsShownOnlyWithDebug() {
        var cli = Cli.in(root).against("nonsense");

        assertFalse(cli.run("-p", "x").err().contains("\tat "));
        assertTrue(cli.run("-p", "x", "--debug").err().contains("\tat "));
    }

    @Test
    void theTraceGoesToAFileAndNamesEachStep() throws Exception {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(
                        a -> a.reply(toolUse("Glob", Map.of("pattern", "*")), text("Done.")))) {
            var result = cli.against(api.baseUrl()).run("-p", "hello", "--debug-file", "trace.log");
            var trace = cli.file("trace.log");

            assertEquals("Done.\n", result.out(), result.err());
            assertEquals("", result.err());
            for (var word :
                    List.of(
                            "request ",
                            "reply ",
                            "tool Glob started",
                            "tool Glob finished",
                            "total ",
                            "overhead ")) {
                assertTrue(trace.contains(word), trace);
            }
            assertFalse(trace.contains("sk-test"), trace);
        }
    }

    @Test
    void somethingThatIsNoCommandNamesTheNearest() {
        var cli = Cli.in(root);

        assertTrue(cli.run("sessions", "lst").err().contains("did you mean list?"));
        assertTrue(cli.run("tools", "cal").err().contains("did you mean call?"));
        assertEquals(1, cli.run("sessions").code());
    }

    @Test
    void endingsThatAPersonCanDoSomethingAboutHaveACode() {
        var cli = Cli.in(root);
        var call = toolUse("Glob", Map.of("pattern", "*"));
        try (var api = FakeMessagesApi.start(a -> a.reply(call, refusal("cyber", "no")))) {
            cli.against(api.baseUrl());
            assertTrue(cli.run("-p", "hello", "--max-turns", "1").err().contains("[turn_limit]"));
            assertTrue(cli.run("-p", "hello").err().contains("[model_refused]"));
            var unnamed = cli.run("-p", "hello", "--model", "");
            assertEquals(1, unnamed.code());
            assertTrue(unnamed.err().contains("--model needs the name"), unnamed.err());
        }
    }

    @Test
    void anAnswerThatWasCutIsShownBeforeItsFailure() {
        var cut = text("half a sentence").stop("max_tokens");
        try (var api = FakeMessagesApi.start(a -> a.reply(cut, cut, cut, cut))) {
            var result = Cli.in(root).against(api.baseUrl()).run("-p", "hello");
            assertEquals(1, result.code());
            assertTrue(result.out().startsWith("half a sentence"), result.out());
            assertTrue(result.err().contains("[output_limit]"), result.err());
        }
    }
}
