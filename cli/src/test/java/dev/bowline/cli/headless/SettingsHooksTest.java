package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SettingsHooksTest {
    @TempDir Path root;

    private static FakeMessagesApi touching() {
        return FakeMessagesApi.start(
                a -> a.reply(toolUse("Bash", "{\"command\":\"touch a\"}")).reply(text("Done.")));
    }

    private HostProgram host(FakeMessagesApi api, String event, String command) throws IOException {
        var host = HostProgram.in(root, api.baseUrl()).flags("--allowedTools", "Bash");
        var folder = Files.createDirectories(host.directory().resolve(".claude"));
        Files.writeString(
                folder.resolve("settings.json"),
                "{\"hooks\":{\""
                        + event
                        + "\":[{\"hooks\":[{\"type\":\"command\",\"command\":\""
                        + command
                        + "\"}]}]}}");
        return host;
    }

    @Test
    void aHookOfATrustedFolderRefusesACall() throws Exception {
        try (var api = touching();
                var host =
                        host(api, "PreToolUse", "echo no >&2; exit 2")
                                .flags("--setting-sources", "project")) {
            assertEquals("Done.", host.start().say("go").result().get("result"));
            assertFalse(Files.exists(host.directory().resolve("a")));
            assertTrue(
                    api.lastRequest()
                            .text()
                            .contains("PreToolUse:Bash hook error: [echo no >&2; exit 2]: no"));
        }
    }

    @Test
    void aHookOfAFolderThatNobodyTrustsDoesNotRun() throws Exception {
        try (var api = touching();
                var host = host(api, "PreToolUse", "touch hooked; exit 2")) {
            assertEquals("Done.", host.start().say("go").result().get("result"));
            assertTrue(Files.exists(host.directory().resolve("a")));
            assertFalse(Files.exists(host.directory().resolve("hooked")));
        }
    }

    @Test
    void whatBeginsASessionIsToldBeforeInitEvenToAHostThatDidNotAsk() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Done.")));
                var host =
                        host(api, "SessionStart", "echo welcome")
                                .flags("--setting-sources", "project")) {
            host.start().say("go").result();
            var ended = host.await(frame -> "hook_response".equals(frame.get("subtype")));
            assertEquals("SessionStart:startup", ended.get("hook_name"));
            assertEquals("welcome\n", ended.get("stdout"));
            assertEquals(0L, ((Number) ended.get("exit_code")).longValue());
            var kinds = host.kinds();
            assertTrue(
                    kinds.indexOf("system/hook_response") < kinds.indexOf("system/init"),
                    kinds.toString());
            assertTrue(api.lastRequest().text().contains("welcome"));
        }
    }

    @Test
    void aCallbackThatDefersEndsTheTurnAndTheNextOneBeginsWithTheCall() {
        try (var api = touching();
                var host = HostProgram.in(root, api.baseUrl()).flags("--allowedTools", "Bash")) {
            var answers =
                    List.of(
                                    Map.<String, Object>of(
                                            "hookSpecificOutput",
                                            Map.of(
                                                    "hookEventName",
                                                    "PreToolUse",
                                                    "permissionDecision",
                                                    "defer")),
                                    Map.<String, Object>of())
                            .iterator();
            host.answer("hook_callback", request -> answers.next()).start();
            host.request(
                    "initialize",
                    Map.of(
                            "hooks",
                            Map.of(
                                    "PreToolUse",
                                    List.of(Map.of("hookCallbackIds", List.of("h"))))));
            var first = host.say("go").result(1);
            assertEquals("tool_deferred", first.get("stop_reason"));
            assertEquals("tool_deferred", first.get("terminal_reason"));
            assertEquals("success", first.get("subtype"));
            assertEquals(
                    Map.of("command", "touch a"),
                    ((Map<?, ?>) first.get("deferred_tool_use")).get("input"));
            assertFalse(Files.exists(host.directory().resolve("a")));
            var second = host.say("go on").result(2);
            assertEquals("Done.", second.get("result"));
            assertNull(second.get("deferred_tool_use"));
            assertTrue(Files.exists(host.directory().resolve("a")));
        }
    }
}
