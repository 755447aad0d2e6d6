package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.noAnswer;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An interrupt, whatever is being done: one result soon, and the next message is answered.
@Timeout(60)
class HostInterruptTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final FakeReply CALL =
            toolUse("Bash", "{\"command\":\"echo go > ready; sleep 300\"}");
    private static final FakeReply QUICK = toolUse("Bash", "{\"command\":\"true\"}");

    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private static FakeMessagesApi saying(FakeReply... replies) {
        return FakeMessagesApi.start(a -> a.reply(replies));
    }

    private static boolean asks(Map<String, Object> frame, String subtype) {
        return frame.get("request") instanceof Map<?, ?> request
                && subtype.equals(request.get("subtype"));
    }

    /// Interrupts, and sees that there is one result and that it goes on.
    private static void interrupted(HostProgram host, String answer) {
        assertEquals("success", host.request("interrupt", Map.of()).get("subtype"));
        var reason = String.valueOf(host.result().get("terminal_reason"));
        assertTrue(reason.startsWith("aborted") || reason.equals("completed"), reason);
        assertEquals(answer, host.say("on").result(2).get("result"), host::errors);
        assertEquals(2, host.kinds().stream().filter(kind -> kind.startsWith("result")).count());
    }

    @Test
    void beforeTheFirstMessageNothingHappens() {
        try (var api = saying(text("Here."));
                var host = host(api).start()) {
            assertEquals("success", host.request("interrupt", Map.of()).get("subtype"));
            assertEquals("success", host.request("interrupt", Map.of()).get("subtype"));
            assertEquals("Here.", host.say("hi").result().get("result"));
        }
    }

    @Test
    void betweenTurnsNothingHappens() {
        try (var api = saying(text("One."), text("Two."));
                var host = host(api).start()) {
            host.say("hi").result();
            host.request("interrupt", Map.of());
            assertEquals("Two.", host.say("on").result(2).get("result"));
        }
    }

    @Test
    void whileAServerOfTheHostsConnects() {
        try (var api = saying(text("Two."));
                var host =
                        host(api)
                                .with("MCP_TIMEOUT", "1500")
                                .answer("mcp_message", any -> HostProgram.SILENCE)
                                .start()) {
            host.request("initialize", Map.of("sdkMcpServers", List.of("slow")));
            host.say("hi");
            host.await(frame -> asks(frame, "mcp_message"));
            interrupted(host, "Two.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop"})
    void whileTheHostThinksAboutAHook(String event) {
        var replies =
                event.equals("UserPromptSubmit")
                        ? new FakeReply[] {text("Two.")}
                        : event.equals("Stop")
                                ? new FakeReply[] {text("One."), text("Two.")}
                                : new FakeReply[] {QUICK, text("Two.")};
        try (var api = saying(replies);
                var host =
                        host(api)
                                .flags("--allowedTools", "Bash")
                                .answer("hook_callback", any -> HostProgram.SILENCE)
                                .start()) {
            host.request(
                    "initialize",
                    Map.of(
                            "hooks",
                            Map.of(event, List.of(Map.of("hookCallbackIds", List.of("h"))))));
            host.say("hi");
            host.await(frame -> asks(frame, "hook_callback"));
            host.request("initialize", Map.of());
            interrupted(host, "Two.");
            host.await(frame -> frame.get("type").equals("control_cancel_request"));
        }
    }

    @RepeatedTest(10)
    void rightAfterAMessageThatNobodyHasTakenUpYet() {
        try (var api = saying(noAnswer(), text("Two."));
                var host = host(api).start()) {
            host.request("initialize", Map.of());
            host.say("hi");
            assertEquals("success", host.request("interrupt", Map.of()).get("subtype"));
            var reason = String.valueOf(host.result().get("terminal_reason"));
            assertTrue(reason.startsWith("aborted"), reason);
        }
    }

    @Test
    void whileNothingComesFromTheService() throws InterruptedException {
        try (var api = saying(noAnswer(), text("Two."));
                var host = host(api).start()) {
            host.say("hi");
            api.awaitRequests(1, SOON);
            interrupted(host, "Two.");
        }
    }

    @Test
    void whileACallWaitsToBeRepeated() {
        try (var api = saying(error(529).header("retry-after", "60"), text("Two."));
                var host = host(api).with("CLAUDE_CODE_MAX_RETRIES", "5").start()) {
            host.say("hi");
            host.await(frame -> "api_retry".equals(frame.get("subtype")));
            interrupted(host, "Two.");
        }
    }

    @Test
    void whileTheHostIsAskedForPermission() {
        try (var api = saying(toolUse("Bash", "{\"command\":\"touch a\"}"), text("Two."));
                var host =
                        host(api)
                                .flags("--permission-prompt-tool", "stdio")
                                .answer("can_use_tool", any -> HostProgram.SILENCE)
                                .start()) {
            host.say("hi");
            host.await(frame -> asks(frame, "can_use_tool"));
            interrupted(host, "Two.");
        }
    }

    @Test
    void whileACommandRunsTwiceInARow() throws Exception {
        try (var api = saying(CALL, text("Two."));
                var host = host(api).flags("--allowedTools", "Bash")) {
            var ready = host.directory().resolve("ready");
            assertEquals(0, new ProcessBuilder("mkfifo", ready.toString()).start().waitFor());
            host.start().say("hi");
            assertEquals("go\n", java.nio.file.Files.readString(ready));
            host.ask("interrupt", Map.of());
            interrupted(host, "Two.");
        }
    }

    @Test
    void messagesThatWaitAreNamedAndGoOnUnlessTheyAreCancelled() throws InterruptedException {
        try (var api = saying(noAnswer(), text("Later."));
                var host = host(api).start()) {
            host.say("hi");
            api.awaitRequests(1, SOON);
            var id = "00000000-0000-4000-8000-00000000000a";
            host.say("two", Map.of("uuid", id, "priority", "later"));
            host.request("mcp_status", Map.of());
            var answer = host.request("interrupt", Map.of("cancel_queued", true));
            assertTrue(answer.toString().contains("cancelled=[" + id), answer::toString);
            host.result();
            assertEquals(
                    "Later.",
                    host.say("three").await(f -> "Later.".equals(f.get("result"))).get("result"));
        }
    }
}
