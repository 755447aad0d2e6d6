package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostHooksTest {
    @TempDir Path root;

    private final ConcurrentLinkedQueue<Map<String, Object>> asked = new ConcurrentLinkedQueue<>();

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private static FakeMessagesApi touching(int times) {
        return FakeMessagesApi.start(a -> {
            for (int i = 0; i < times; i++) {
                a.reply(toolUse("Bash", "{\"command\":\"touch a\"}"));
            }
            a.reply(text("Done."));
        });
    }

    /// Registers one hook for `event` that answers with `output`, and says something.
    private HostProgram hooked(HostProgram host, String event, Object output) {
        return hooked(host, event, Map.of("hookCallbackIds", List.of("h")), output);
    }

    private HostProgram hooked(
            HostProgram host, String event, Map<String, ?> matcher, Object output) {
        host.answer(
                        "hook_callback",
                        request -> {
                            asked.add(request);
                            return output;
                        })
                .start();
        host.request("initialize", Map.of("hooks", Map.of(event, List.of(matcher))));
        return host.say("go");
    }

    private static Map<String, Object> informational(HostProgram host) {
        return host.await(frame -> "informational".equals(frame.get("subtype")));
    }

    @Test
    void aPromptThatAHookBlocksGetsAWarningAndAResultWithoutATurn() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host =
                        hooked(
                                host(api),
                                "UserPromptSubmit",
                                Map.of("decision", "block", "reason", "nope"))) {
            var result = host.result();
            var words = "UserPromptSubmit operation blocked by hook:\nnope\n\nOriginal prompt: go";
            assertEquals(words, result.get("result"));
            assertEquals(false, result.get("is_error"));
            assertEquals(0L, ((Number) result.get("num_turns")).longValue());
            var warning = informational(host);
            assertEquals(words, warning.get("content"));
            assertEquals(true, warning.get("prevent_continuation"));
            assertEquals(
                    Map.of("kind", "blocked_by_hook", "prompt_kept", false, "reason", "nope"),
                    warning.get("prompt_submit_outcome"));
        }
    }

    @Test
    void aPromptThatAHookStopsIsKeptAndSaysSo() {
        try (var api = FakeMessagesApi.start(a -> {});
                var host =
                        hooked(
                                host(api),
                                "UserPromptSubmit",
                                Map.of("continue", false, "stopReason", "enough"))) {
            assertEquals("Operation stopped by hook: enough", host.result().get("result"));
            assertEquals(
                    Map.of("kind", "stopped_by_hook", "prompt_kept", true, "reason", "enough"),
                    informational(host).get("prompt_submit_outcome"));
        }
    }

    @Test
    void aHookThatStopsEndsTheTurnAfterTheCall() {
        try (var api = touching(1);
                var host =
                        hooked(
                                host(api).flags("--allowedTools", "Bash"),
                                "PostToolUse",
                                Map.of("continue", false, "systemMessage", "look here"))) {
            var result = host.result();
            assertEquals("hook_stopped", result.get("terminal_reason"));
            assertEquals("success", result.get("subtype"));
            assertEquals("", result.get("result"));
            assertEquals("tool_use", result.get("stop_reason"));
            assertTrue(Files.exists(host.directory().resolve("a")));
            var said = informational(host);
            assertEquals("PostToolUse:Bash says: look here", said.get("content"));
            assertEquals("notice", said.get("level"));
        }
    }

    @Test
    void aMatcherMayBeAnExpression() {
        try (var api = touching(1);
                var host =
                        hooked(
                                host(api).flags("--allowedTools", "Bash"),
                                "PreToolUse",
                                Map.of("matcher", "^Ba.h$", "hookCallbackIds", List.of("h")),
                                Map.of(
                                        "hookSpecificOutput",
                                        Map.of(
                                                "permissionDecision",
                                                "deny",
                                                "permissionDecisionReason",
                                                "not now")))) {
            host.result();
            assertEquals(1, asked.size());
            assertTrue(api.lastRequest().text().contains("not now"));
        }
    }

    @Test
    void anErrorOfTheHostsCountsAsNoAnswerUnlessTheHookBlocksThen() {
        try (var api = touching(1);
                var host =
                        hooked(host(api).flags("--allowedTools", "Bash"), "PreToolUse", "boom")) {
            assertEquals("Done.", host.result().get("result"));
            assertTrue(String.valueOf(informational(host).get("content")).contains("boom"));
            assertTrue(Files.exists(host.directory().resolve("a")));
        }
    }

    @Test
    void aHookThatBlocksOnFailureRefusesWhenTheHostReportsAnError() {
        try (var api = touching(1);
                var host =
                        hooked(
                                host(api).flags("--allowedTools", "Bash"),
                                "PreToolUse",
                                Map.of("hookCallbackIds", List.of("h"), "onFailure", "block"),
                                "boom")) {
            host.result();
            assertFalse(Files.exists(host.directory().resolve("a")));
        }
    }

    @Test
    void aHostThatDoesNotAnswerInTimeRefusesTheCall() {
        try (var api = touching(1);
                var host =
                        hooked(
                                host(api).flags("--allowedTools", "Bash"),
                                "PreToolUse",
                                Map.of("hookCallbackIds", List.of("h"), "timeout", 0.05),
                                HostProgram.SILENCE)) {
            host.result();
            assertTrue(api.lastRequest().text().contains("time limit"));
            assertFalse(Files.exists(host.directory().resolve("a")));
            host.await(frame -> frame.get("type").equals("control_cancel_request"));
        }
    }

    @Test
    void aPermissionHookAnswersBeforeAHostThatThinks() {
        try (var api = touching(2);
                var host =
                        hooked(
                                host(api)
                                        .flags("--permission-prompt-tool", "stdio")
                                        .answer("can_use_tool", any -> HostProgram.SILENCE),
                                "PermissionRequest",
                                Map.of(
                                        "hookSpecificOutput",
                                        Map.of(
                                                "decision",
                                                Map.of(
                                                        "behavior",
                                                        "allow",
                                                        "updatedPermissions",
                                                        List.of(
                                                                Map.of(
                                                                        "type",
                                                                        "addRules",
                                                                        "rules",
                                                                        List.of(
                                                                                Map.of(
                                                                                        "toolName",
                                                                                        "Bash")),
                                                                        "behavior",
                                                                        "allow",
                                                                        "destination",
                                                                        "session"))))))) {
            assertEquals("Done.", host.result().get("result"));
            assertEquals(1, asked.size());
            assertTrue(
                    ((Map<?, ?>) asked.element().get("input"))
                            .containsKey("permission_suggestions"));
            host.await(frame -> frame.get("type").equals("control_cancel_request"));
        }
    }

    @Test
    void hooksAreToldOfWhenTheHostWantsThat() {
        try (var api = touching(1);
                var host =
                        hooked(
                                host(api).flags("--allowedTools", "Bash", "--include-hook-events"),
                                "PreToolUse",
                                Map.of())) {
            host.result();
            var began = host.await(frame -> "hook_started".equals(frame.get("subtype")));
            var ended = host.await(frame -> "hook_response".equals(frame.get("subtype")));
            assertEquals("PreToolUse:Bash", began.get("hook_name"));
            assertEquals(began.get("hook_id"), ended.get("hook_id"));
            assertEquals("success", ended.get("outcome"));
        }
    }

    @Test
    void theHostIsToldWhatWouldMakeTheQuestionGoAwayAndMaySendItBack() {
        try (var api = touching(2);
                var host = host(api).flags("--permission-prompt-tool", "stdio")) {
            host.answer(
                            "can_use_tool",
                            request -> {
                                asked.add(request);
                                return Map.of(
                                        "behavior",
                                        "allow",
                                        "updatedPermissions",
                                        request.get("permission_suggestions"));
                            })
                    .start()
                    .say("go");
            assertEquals("Done.", host.result().get("result"));
            assertEquals(1, asked.size());
            var request = asked.element();
            assertFalse(request.containsKey("decision_reason_type"));
            assertTrue(String.valueOf(request.get("blocked_path")).endsWith("/a"));
            var changed =
                    host.await(frame ->
                            "status".equals(frame.get("subtype"))
                                    && frame.get("permissionMode") != null);
            assertEquals("acceptEdits", changed.get("permissionMode"));
        }
    }

    @Test
    void anUpdateThatWouldSwitchPermissionsOffIsLeftOut() {
        try (var api = touching(2);
                var host = host(api).flags("--permission-prompt-tool", "stdio")) {
            host.answer(
                            "can_use_tool",
                            request -> {
                                asked.add(request);
                                return Map.of(
                                        "behavior",
                                        "allow",
                                        "updatedPermissions",
                                        List.of(
                                                Map.of(
                                                        "type",
                                                        "setMode",
                                                        "mode",
                                                        "bypassPermissions",
                                                        "destination",
                                                        "session"),
                                                Map.of("type", "nonsense")));
                            })
                    .start()
                    .say("go");
            host.result();
            assertEquals(2, asked.size(), () -> host.frames() + host.errors());
            assertTrue(host.errors().contains("bypassPermissions"));
            assertTrue(host.errors().contains("was left out"));
        }
    }
}
