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
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a program with a dialogue for permissions, settings and hooks of its own sees.
@Timeout(60)
class HostDialogueTest {
    private static final String QUESTION =
            "{\"questions\":[{\"question\":\"Which?\",\"header\":\"H\",\"multiSelect\":false,"
                    + "\"options\":[{\"label\":\"A\",\"description\":\"a\"},"
                    + "{\"label\":\"B\",\"description\":\"b\"}]}]}";

    @TempDir Path root;

    private final LinkedBlockingQueue<Map<String, Object>> asked = new LinkedBlockingQueue<>();

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private HostProgram answering(HostProgram host, Map<String, Object> answer) {
        return host.flags("--permission-prompt-tool", "stdio")
                .answer(
                        "can_use_tool",
                        request -> {
                            asked.add(request);
                            return answer;
                        })
                .start()
                .say("go");
    }

    private static FakeMessagesApi calling(String tool, String input) {
        return FakeMessagesApi.start(a -> a.reply(toolUse(tool, input), text("Done.")));
    }

    @Test
    void aQuestionToAPersonSaysThatItNeedsOne() {
        try (var api = calling("AskUserQuestion", QUESTION);
                var host = answering(host(api), Map.of("behavior", "deny", "message", "not now"))) {
            host.result();
            assertEquals(true, asked.remove().get("requires_user_interaction"));
        }
    }

    @Test
    void aQuestionIsDescribedInOneLine() {
        try (var api = calling("Bash", "{\"command\":\"touch a\"}");
                var host = answering(host(api), Map.of("behavior", "deny", "message", "no"))) {
            host.result();
            var question = asked.remove();
            assertEquals("touch a", question.get("description"));
            assertFalse(question.containsKey("requires_user_interaction"));
        }
    }

    @Test
    void aRefusalThatInterruptsEndsTheTurnInItsTools() {
        try (var api = calling("Bash", "{\"command\":\"touch a\"}");
                var host =
                        answering(
                                host(api),
                                Map.of("behavior", "deny", "message", "no", "interrupt", true))) {
            assertEquals("aborted_tools", host.result().get("terminal_reason"));
        }
    }

    @Test
    void rulesOfTheSettingsHold() {
        try (var api = calling("Bash", "{\"command\":\"touch a\"}");
                var host =
                        answering(
                                host(api)
                                        .flags("--allowedTools", "Bash")
                                        .flags(
                                                "--settings",
                                                "{\"permissions\":{\"deny\":[\"Bash(touch *)\"]}}"),
                                Map.of("behavior", "allow"))) {
            assertEquals(1, ((List<?>) host.result().get("permission_denials")).size());
            assertTrue(asked.isEmpty());
            assertFalse(Files.exists(host.directory().resolve("a")));
        }
    }

    @Test
    void anAskRuleOfTheSettingsAsksForWhatIsAllowed() {
        try (var api = calling("Bash", "{\"command\":\"ls\"}");
                var host =
                        answering(
                                host(api)
                                        .flags("--allowedTools", "Bash")
                                        .flags(
                                                "--settings",
                                                "{\"permissions\":{\"ask\":[\"Bash(ls)\"]}}"),
                                Map.of("behavior", "deny", "message", "no"))) {
            host.result();
            assertEquals("rule", asked.remove().get("decision_reason_type"));
        }
    }

    @Test
    void modelAndModeOfTheSettingsCountUnlessAFlagSaysOtherwise() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hi.")));
                var host =
                        host(api)
                                .flags("--model", "claude-haiku-4-5")
                                .flags(
                                        "--settings",
                                        "{\"model\":\"claude-opus-4-5\","
                                                + "\"permissions\":{\"defaultMode\":\"plan\"}}")
                                .start()
                                .say("go")) {
            host.result();
            var begin = host.await(frame -> "init".equals(frame.get("subtype")));
            assertEquals("claude-haiku-4-5", begin.get("model"));
            assertEquals("plan", begin.get("permissionMode"));
        }
    }

    @Test
    void hooksHearThatClearEndsASessionAndBeginsOne() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hi."), text("Again.")));
                var host =
                        host(api)
                                .answer(
                                        "hook_callback",
                                        request -> {
                                            asked.add(request);
                                            return Map.of();
                                        })
                                .start()) {
            var callback = List.of(Map.of("hookCallbackIds", List.of("h")));
            host.request(
                    "initialize",
                    Map.of("hooks", Map.of("SessionStart", callback, "SessionEnd", callback)));
            host.say("go").result();
            assertTrue(asked.isEmpty());
            host.say("/clear").result(2);
            assertEquals("clear", ((Map<?, ?>) asked.remove().get("input")).get("reason"));
            assertEquals("clear", ((Map<?, ?>) asked.remove().get("input")).get("source"));
            assertEquals("Again.", host.say("and now").result(3).get("result"));
        }
    }
}
