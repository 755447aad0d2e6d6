package dev.bowline.cli;

import static dev.bowline.cli.HostedRun.hosted;
import static dev.bowline.cli.HostedRun.kinds;
import static dev.bowline.cli.HostedRun.reply;
import static dev.bowline.cli.HostedRun.request;
import static dev.bowline.cli.HostedRun.results;
import static dev.bowline.cli.HostedRun.user;
import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands such as `/compact`, and summaries, seen from the command line and by a host program.
@Timeout(60)
final class LocalCommandsTest {
    @TempDir private Path root;

    @Test
    void compactingTellsAHostEachStepInOrder() {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(a -> a.reply(text("Hello."), text("SUMMARY"), text("On.")))) {
            var run =
                    hosted(
                            cli.against(api.baseUrl()),
                            List.of(user("hi"), user("/compact the names"), user("more")));
            assertEquals(0, run.code(), run.err());
            assertEquals(
                    List.of(
                            "system/init",
                            "assistant",
                            "result/success",
                            "system/status compacting",
                            "system/status null",
                            "system/init",
                            "system/compact_boundary",
                            "user",
                            "user",
                            "result/success",
                            "system/init",
                            "assistant",
                            "result/success"),
                    kinds(run.frames()));
            var result = results(run).get(1);
            assertEquals(0L, result.get("num_turns"));
            assertEquals("compact", result.get("local_command"));
            assertEquals("", result.get("result"));
            assertFalse(result.containsKey("terminal_reason"));
            var last = api.lastRequest().messages().toString();
            assertTrue(last.contains("SUMMARY") && !last.contains("Hello."), last);
            api.verify();
        }
    }

    @Test
    void aConversationNearTheEndOfItsWindowIsSummarisedWithinTheTurn() {
        var cli = Cli.in(root).with("CLAUDE_CODE_AUTO_COMPACT_WINDOW", "100");
        try (var api =
                FakeMessagesApi.start(a -> a.reply(text("Hello."), text("SUMMARY"), text("On.")))) {
            var run = hosted(cli.against(api.baseUrl()), List.of(user("hi"), user("more")));
            assertEquals(
                    List.of(
                            "system/init",
                            "assistant",
                            "result/success",
                            "system/init",
                            "system/status compacting",
                            "system/compact_boundary",
                            "user",
                            "system/status null",
                            "assistant",
                            "result/success"),
                    kinds(run.frames()));
            var last = api.lastRequest().messages().toString();
            assertTrue(last.contains("SUMMARY") && last.contains("more"), last);
            api.verify();
        }
    }

    @Test
    void commandsAnswerWithoutAskingTheModel() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello."), text("What?")))) {
            var run =
                    hosted(
                            cli.against(api.baseUrl()),
                            List.of(
                                    user("hi"),
                                    user("/context"),
                                    user("/usage"),
                                    user("/cost"),
                                    user("/nonsense x"),
                                    request("c", Map.of("subtype", "get_context_usage"))));
            assertEquals(5, results(run).size(), run.out());
            assertEquals(2, api.requests().size());
            assertTrue(results(run).get(1).get("result").toString().contains("System prompt"));
            assertTrue(results(run).get(2).get("result").toString().contains("Estimated cost"));
            assertEquals("usage", results(run).get(3).get("local_command"));
            assertTrue(api.lastRequest().lastUserText().contains("/nonsense x"));
            var synthetic =
                    run.frames().stream()
                            .filter(frame -> String.valueOf(frame).contains("<synthetic>"))
                            .toList();
            assertEquals(3, synthetic.size());
            assertTrue(synthetic.getFirst().containsKey("context_usage"));
            var usage = String.valueOf(reply(run, "c").get("response"));
            for (var part :
                    List.of("categories", "totalTokens", "maxTokens", "gridRows", "model")) {
                assertTrue(usage.contains(part + "="), usage);
            }
        }
    }

    @Test
    void clearingBeginsANewSessionAtNoCost() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello."), text("Who?")))) {
            var run =
                    hosted(
                            cli.against(api.baseUrl()),
                            List.of(user("I am Ann"), user("/clear"), user("Who am I?")));
            assertEquals(
                    List.of(
                            "system/init",
                            "assistant",
                            "result/success",
                            "conversation_reset",
                            "system/background_tasks_changed",
                            "system/init",
                            "result/success",
                            "system/init",
                            "assistant",
                            "result/success"),
                    kinds(run.frames()));
            var results = results(run);
            var reset = run.frames().get(3);
            assertEquals(results.get(0).get("session_id"), reset.get("session_id"));
            assertNotEquals(results.get(0).get("session_id"), results.get(1).get("session_id"));
            assertEquals(results.get(1).get("session_id"), results.get(2).get("session_id"));
            assertEquals(0.0, ((Number) results.get(1).get("total_cost_usd")).doubleValue());
            assertEquals(1, api.lastRequest().messages().size());
        }
    }

    @Test
    void commandsWorkForASinglePromptToo() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello."), text("SUMMARY")))) {
            cli.against(api.baseUrl());
            assertEquals(0, cli.run("-p", "hi").code());
            var context = cli.run("-p", "--continue", "/context");
            assertTrue(context.out().contains("Context Usage"), context.out());
            var compact = cli.run("-p", "--continue", "/compact", "--output-format", "json");
            assertEquals(0, compact.code(), compact.err());
            assertEquals("compact", compact.lastFrame().get("local_command"));
            var nothing = cli.run("-p", "/compact", "--output-format", "json");
            assertEquals(0, nothing.code());
            assertEquals(false, nothing.lastFrame().get("is_error"));
            assertEquals(2, api.requests().size());
        }
    }

    @Test
    void textThatAHostComposedIsNoCommand() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hm."), text("Hm.")))) {
            var verbatim = user("/context").replaceFirst("\\{", "{\"client_composed\":true,");
            hosted(cli.against(api.baseUrl()), List.of(verbatim));
            hosted(cli, List.of(user("/context")), "--disable-slash-commands");
            assertEquals(2, api.requests().size());
        }
    }
}
