package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hosts that write nonsense, say things twice, are silent, or read slowly.
@Timeout(90)
class HostFaultsTest extends HostCase {
    @Test
    void bytesThatAreNoTextAreSkipped() {
        try (var api = answering("Still here.");
                var host = host(api).start()) {
            host.bytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, '{', (byte) 0xc3, '\n'})
                    .bytes(new byte[] {0, 0, 0, '\n', '\r', '\n'})
                    .bytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'})
                    .raw("[".repeat(100_000))
                    .raw("{\"a\":".repeat(100_000))
                    .raw(
                            "{\"type\":\"user\",\"message\":"
                                    + "[".repeat(600)
                                    + "]".repeat(600)
                                    + "}")
                    .raw("{\"type\":\"user\",\"message\":{\"content\":1E99999999999}}")
                    .raw("{\"type\":" + "9".repeat(5_000) + "}");

            assertEquals("Still here.", host.say("hi").result().get("result"));
        }
    }

    @Test
    void aByteThatIsNoTextInsideAPromptBecomesAReplacement() {
        try (var api = answering("Heard.");
                var host = host(api).start()) {
            var line =
                    "{\"type\":\"user\",\"message\":{\"content\":\"caf? au lait\"}}\n".getBytes();
            for (int i = 0; i < line.length; i++) {
                line[i] = line[i] == '?' ? (byte) 0xe9 : line[i];
            }
            assertEquals("Heard.", host.bytes(line).result().get("result"));
            assertTrue(api.lastRequest().text().contains("caf\uFFFD au lait"));
        }
    }

    @Test
    void halfASurrogatePairGoesBothWaysAsAReplacement() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"echo \\ud800x\"}"),
                                        text("Well \ud83d\ude00."),
                                        text("Again.")));
                var host = host(api).flags("--allowedTools", "Bash").start()) {
            host.raw(
                    "{\"type\":\"user\",\"message\":{\"content\":\"half \\udc00 a pair \\ud800\"}}");
            assertEquals("Well \ud83d\ude00.", host.result().get("result"));
            assertTrue(api.requests().getFirst().text().contains("half \uFFFD a pair"));
            assertEquals(
                    "Again.",
                    host.raw(
                                    "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"\\ud800\"}]}}")
                            .result(2)
                            .get("result"));
        }
    }

    @Test
    void theEndOfALineMayBeMissing() {
        try (var api = answering("Heard.");
                var host = host(api).start()) {
            host.bytes("{\"type\":\"user\",\"message\":{\"content\":\"hi\"}}".getBytes())
                    .endOfInput();
            assertEquals(0, host.exitCode());
            assertEquals("Heard.", host.result().get("result"));
        }
    }

    @Test
    void manyWarningsDoNotFillTheErrorStream() {
        try (var api = answering("Heard.");
                var host = host(api).start()) {
            for (int i = 0; i < 5_000; i++) {
                host.raw("nonsense number " + i);
            }
            host.say("hi").result();
            assertTrue(host.errors().length() < 60_000);
        }
    }

    @Test
    void aRequestWhoseNameIsUsedTwiceIsAnsweredTwice() {
        try (var api = answering("Heard.");
                var host = host(api).start()) {
            var line =
                    Map.of(
                            "type",
                            "control_request",
                            "request_id",
                            "same",
                            "request",
                            Map.of("subtype", "mcp_status"));
            host.line(line).line(line);
            host.await(frame -> frame.get("type").equals("control_response"), 2);
        }
    }

    @Test
    void answersThatNobodyWaitsForChangeNothing() {
        try (var api = answering("Heard.");
                var host = host(api).start()) {
            for (var payload : List.of(Json.NULL, "text", 5, List.of(), Map.of("a", 1))) {
                host.line(
                        Map.of(
                                "type",
                                "control_response",
                                "response",
                                Map.of(
                                        "subtype",
                                        "success",
                                        "request_id",
                                        "nobody",
                                        "response",
                                        payload)));
            }
            assertEquals("Heard.", host.say("hi").result().get("result"));
        }
    }

    @Test
    void aSecondInitializeReplacesTheHooks() {
        var called = new ConcurrentLinkedQueue<Object>();
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", "{\"command\":\"true\"}"),
                                        text("One."),
                                        toolUse("Bash", "{\"command\":\"true\"}"),
                                        text("Two."),
                                        toolUse("Bash", "{\"command\":\"true\"}"),
                                        text("Three.")));
                var host = host(api).flags("--allowedTools", "Bash")) {
            host.answer(
                            "hook_callback",
                            request -> {
                                called.add(request.get("callback_id"));
                                return Map.of();
                            })
                    .start();
            for (var id : List.of("first", "second")) {
                var hooks = Map.of("PreToolUse", List.of(Map.of("hookCallbackIds", List.of(id))));
                var answer = host.request("initialize", Map.of("hooks", hooks));
                assertEquals("success", answer.get("subtype"));
                host.say("go").result(called.size() + 1);
            }
            host.request("initialize", Map.of());
            assertEquals("Three.", host.say("go").result(3).get("result"));
            assertEquals(List.of("first", "second"), List.copyOf(called));
        }
    }

    @Test
    void aServerThatNeverAnswersFailsAfterItsTimeAndTheTurnGoesOn() {
        try (var api = answering("Without it.");
                var host =
                        host(api)
                                .with("MCP_TIMEOUT", "200")
                                .answer("mcp_message", any -> HostProgram.SILENCE)
                                .start()) {
            host.request("initialize", Map.of("sdkMcpServers", List.of("slow")));
            assertEquals("Without it.", host.say("hi").result().get("result"));
            assertTrue(host.request("mcp_status", Map.of()).toString().contains("did not answer"));
        }
    }

    @Test
    void answersRequestsWhileTheOutputIsReadSlowly() {
        var slow = new AtomicInteger(20_000);
        try (var api = answering("A long answer. ".repeat(5_000));
                var host = host(api).flags("--include-partial-messages").slowly(slow).start()) {
            host.say("go");
            assertEquals("success", host.request("mcp_status", Map.of()).get("subtype"));
            assertEquals(
                    "A long answer. ".repeat(5_000).strip(),
                    String.valueOf(host.result().get("result")).strip());
            assertFalse(slow.get() > 0);
        }
    }

    @Test
    void aMessageThatComesWhileTheFirstRunsIsAnsweredToo() throws Exception {
        var go = root.resolve("go");
        assertEquals(0, new ProcessBuilder("mkfifo", go.toString()).start().waitFor());
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse("Bash", Map.of("command", "cat " + go)),
                                        text("Both."),
                                        text("Later.")));
                var host = host(api).flags("--allowedTools", "Bash").start()) {
            host.say("first");
            host.await(frame -> frame.get("type").equals("assistant"));
            host.say("second").request("mcp_status", Map.of());
            Files.writeString(go, "now");
            host.endOfInput();
            assertEquals(0, host.exitCode());
            assertTrue(api.lastRequest().text().contains("\"second\""));
        }
    }
}
