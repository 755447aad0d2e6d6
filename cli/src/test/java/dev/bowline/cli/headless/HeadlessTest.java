package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadlessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    @Test
    void answersAMessageWithInitAssistantAndResult() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello.")));
                var host = host(api).start()) {
            host.say("hi");

            assertEquals("Hello.", host.result().get("result"));
            assertEquals(false, host.result().get("is_error"));
            assertEquals(List.of("system/init", "assistant", "result/success"), host.kinds());
            assertEquals(0, host.endOfInput().exitCode());
        }
    }

    @Test
    void answersWhatWasSaidBeforeTheInputEnded() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello.")));
                var host = host(api).start()) {
            host.say("hi").endOfInput();

            assertEquals(0, host.exitCode());
            assertEquals("Hello.", host.result().get("result"));
        }
    }

    @Test
    void endsWithoutAWordWhenTheHostSaysNothing() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).start()) {
            assertEquals(0, host.endOfInput().exitCode());
            assertEquals(List.of(), host.frames());
        }
    }

    @Test
    void greetsAndTakesTheSystemPromptFromTheHost() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Aye.")));
                var host = host(api).start()) {
            var answer =
                    host.request(
                            "initialize", Map.of("systemPrompt", List.of("You are a sailor.")));
            assertEquals("success", answer.get("subtype"));
            assertTrue(
                    ((Map<?, ?>) answer.get("response"))
                            .keySet()
                            .containsAll(List.of("commands", "models", "account", "output_style")));

            host.say("hi").result();

            assertTrue(api.lastRequest().text().contains("You are a sailor."));
            assertFalse(api.lastRequest().text().contains("You are Bowline"));
        }
    }

    @Test
    void refusesUnknownRequestsByName() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).start()) {
            var answer = host.request("make_coffee", Map.of());
            assertEquals("error", answer.get("subtype"));
            assertTrue(String.valueOf(answer.get("error")).contains("make_coffee"));
        }
    }

    @Test
    void skipsLinesThatMeanNothing() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Still here.")));
                var host = host(api).start()) {
            host.raw("not json")
                    .raw("[1]")
                    .raw("{\"type\":\"weather\"}")
                    .raw("")
                    .raw("{\"type\":\"user\"}")
                    .raw(
                            "{\"type\":\"control_response\",\"response\":{\"request_id\":\"none\",\"subtype\":\"success\"}}")
                    .raw("{\"type\":\"control_cancel_request\",\"request_id\":\"none\"}")
                    .raw("{\"type\":\"keep_alive\"}")
                    .say("hi");

            assertEquals("Still here.", host.result().get("result"));
            assertTrue(host.errors().contains("not json"));
            assertTrue(host.errors().contains("weather"));
        }
    }

    @Test
    void asksTheHostForPermissionAndRunsTheChangedInput() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"touch a\"}"),
                                        text("Done.")));
                var host = host(api).flags("--permission-prompt-tool", "stdio")) {
            host.answer(
                            "can_use_tool",
                            request ->
                                    Map.of(
                                            "behavior",
                                            "allow",
                                            "updatedInput",
                                            Map.of("command", "touch b")))
                    .start()
                    .say("go");

            assertEquals("Done.", host.result().get("result"));
            assertTrue(Files.exists(host.directory().resolve("b")));
            assertFalse(Files.exists(host.directory().resolve("a")));
        }
    }

    @Test
    void tellsTheModelWhyTheHostRefused() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"touch a\"}"),
                                        text("Well.")));
                var host = host(api).flags("--permission-prompt-tool=stdio")) {
            host.answer("can_use_tool", any -> Map.of("behavior", "deny", "message", "Not here"))
                    .start()
                    .say("go");

            assertEquals(1, ((List<?>) host.result().get("permission_denials")).size());
            assertTrue(api.lastRequest().text().contains("Not here"));
            assertFalse(host.kinds().contains("system/permission_denied"));
        }
    }

    @Test
    void withdrawsItsQuestionWhenTheHostInterrupts() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"touch a\"}"),
                                        text("Again.")));
                var host = host(api).flags("--permission-prompt-tool", "stdio")) {
            host.answer("can_use_tool", any -> HostProgram.SILENCE).start().say("go");
            host.await(frame -> frame.get("type").equals("control_request"));

            assertEquals("success", host.request("interrupt", Map.of()).get("subtype"));

            assertEquals("aborted_tools", host.result().get("terminal_reason"));
            host.await(frame -> frame.get("type").equals("control_cancel_request"));
            assertEquals("Again.", host.say("and now").result(2).get("result"));
        }
    }

    @Test
    void interruptsAnAnswerInTheMiddleAndGoesOn() throws InterruptedException {
        var gate = new Gate();
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        text("A long story", 6).stallAfter(5, gate),
                                        text("Next.")));
                var host = host(api).flags("--include-partial-messages").start()) {
            host.say("tell me");
            host.await(frame -> frame.get("type").equals("stream_event"));
            gate.awaitReached(SOON);

            host.request("interrupt", Map.of());

            assertEquals("aborted_streaming", host.result().get("terminal_reason"));
            assertEquals("Next.", host.say("on").result(2).get("result"));
        }
    }

    @Test
    void failsCallbacksAtOnceWhenTheHostHasClosedItsInput() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"touch a\"}"),
                                        text("I see.")));
                var host = host(api).flags("--permission-prompt-tool", "stdio")) {
            host.answer("can_use_tool", any -> HostProgram.SILENCE).start().say("go").endOfInput();

            assertEquals("I see.", host.result().get("result"));
            assertTrue(api.lastRequest().text().contains("closed the input"));
        }
    }

    @Test
    void answersThousandMessagesThatComeAtOnce() {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(request -> text("Heard.")));
                var host = host(api).start()) {
            IntStream.range(0, 1_000).forEach(i -> host.say("message number " + i));
            host.endOfInput();

            assertEquals(0, host.exitCode());
            var heard = api.lastRequest().text();
            assertTrue(
                    IntStream.range(0, 1_000)
                            .allMatch(i -> heard.contains("\"message number " + i + "\"")));
        }
    }

    @Test
    void changesModelAndModeBetweenTurns() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("One."), text("Two.")));
                var host = host(api).flags("--model=claude-sonnet-5").start()) {
            host.say("hi").result();
            assertEquals(
                    "success",
                    host.request("set_model", Map.of("model", "claude-opus-4-5")).get("subtype"));
            assertEquals(
                    "success",
                    host.request("set_permission_mode", Map.of("mode", "acceptEdits"))
                            .get("subtype"));
            assertEquals(
                    "error",
                    host.request("set_permission_mode", Map.of("mode", "bypassPermissions"))
                            .get("subtype"));

            host.say("again").result(2);

            assertTrue(api.lastRequest().text().contains("claude-opus-4-5"));
            var init = host.await(frame -> "init".equals(frame.get("subtype")), 2).getLast();
            assertEquals("acceptEdits", init.get("permissionMode"));
        }
    }

    @Test
    void reportsAnErrorOfTheServiceAndExitsWithOne() {
        try (var api = FakeMessagesApi.start(a -> a.reply(error(404)));
                var host = host(api).start()) {
            host.say("hi").endOfInput();

            assertEquals(1, host.exitCode());
            assertEquals("success", host.result().get("subtype"));
            assertEquals(true, host.result().get("is_error"));
            assertEquals("api_error", host.result().get("terminal_reason"));
        }
    }

    @Test
    void namesTheSessionThatIsNotThere() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host =
                        host(api).flags("--resume=00000000-0000-4000-8000-000000000000").start()) {
            host.endOfInput();

            assertEquals(1, host.exitCode());
            assertTrue(host.errors().contains("No conversation found with session ID"));
        }
    }

    @Test
    void tellsItsStateToAHostThatReadsIt() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello.")));
                var host = host(api).with("CLAUDE_CODE_SDK_READS_SESSION_STATE", "1").start()) {
            host.say("hi");
            host.await(frame -> "idle".equals(frame.get("state")));

            assertEquals(
                    List.of(
                            "system/session_state_changed",
                            "system/init",
                            "assistant",
                            "result/success",
                            "system/session_state_changed"),
                    host.kinds());
        }
    }

    @Test
    void failsWithAResultWhenInitializeShouldHaveComeFirst() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).flags("--await-initialize").start()) {
            host.say("hi");

            assertEquals("initialize_not_first", host.result().get("startup_failure_reason"));
            assertEquals(1, host.endOfInput().exitCode());
        }
    }

    @Test
    void failsWithAResultWhenInitializeLacksWhatWasAnnounced() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host =
                        host(api)
                                .flags("--await-initialize", "--initialize-fields=settings")
                                .start()) {
            host.ask("initialize", Map.of());

            assertEquals(
                    "initialize_fields_not_delivered", host.result().get("startup_failure_reason"));
            assertEquals(1, host.endOfInput().exitCode());
        }
    }

    @Test
    void reportsServersOfOtherKindsInInitializeAsFailed() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).start()) {
            var greeted =
                    host.request(
                            "initialize",
                            Map.of("mcpServers", Map.of("far", Map.of("command", "nothing"))));
            var status = String.valueOf(host.request("mcp_status", Map.of()).get("response"));

            assertTrue(
                    String.valueOf(greeted.get("response")).contains("mcp_servers_applied=true"));
            assertTrue(status.contains("name=far") && status.contains("status=failed"), status);
        }
    }

    @Test
    void listsWhatThereIs() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host = host(api).start()) {
            for (var subtype :
                    List.of(
                            "reload_plugins",
                            "reload_skills",
                            "reload_output_styles",
                            "get_settings",
                            "get_session_cost",
                            "list_models",
                            "mcp_status")) {
                assertEquals("success", host.request(subtype, Map.of()).get("subtype"), subtype);
            }
        }
    }

    @Test
    void keepsTheDenyRulesOfTheHostsSettings() {
        for (var member : List.of("settings", "managedSettings")) {
            try (var api =
                            FakeMessagesApi.start(a ->
                                    a.reply(
                                            toolUse("Bash", "{\"command\":\"touch a\"}"),
                                            text("Well.")));
                    var host = host(api).flags("--dangerously-skip-permissions").start()) {
                host.request(
                        "initialize",
                        Map.of(
                                member,
                                Map.of(
                                        "permissions",
                                        Map.of("deny", List.of("Bash(touch *)")),
                                        "cleanupPeriodDays",
                                        3)));

                host.say("go").result();

                assertFalse(Files.exists(host.directory().resolve("a")), member);
                assertTrue(host.errors().contains("cleanupPeriodDays"), host.errors());
            }
        }
    }
}
