package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that write nonsense, say things twice, are silent, or send very much.
@Timeout(90)
class HostFaultsTest {
    private static final int MIB = 1 << 20;

    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private static FakeMessagesApi answering(String answer) {
        return FakeMessagesApi.start(a -> a.replyWith(any -> text(answer)));
    }

    private static Map<String, Object> block(String type, Map<?, ?> source) {
        return Map.of("type", type, "source", source);
    }

    private static Map<String, Object> message(Object content) {
        return Map.of("message", Map.of("role", "user", "content", content));
    }

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

    /// A server with one tool, `give`, which answers with this.
    static HostProgram giving(HostProgram host, Object result) {
        return host.answer(
                "mcp_message",
                request -> {
                    var message = (Map<?, ?>) request.get("message");
                    var answer =
                            switch (String.valueOf(message.get("method"))) {
                                case "initialize" ->
                                        Map.of(
                                                "protocolVersion",
                                                "2025-11-25",
                                                "capabilities",
                                                Map.of("tools", Map.of()),
                                                "serverInfo",
                                                Map.of("name", "s", "version", "1"));
                                case "tools/list" ->
                                        Map.of(
                                                "tools",
                                                List.of(
                                                        Map.of(
                                                                "name",
                                                                "give",
                                                                "inputSchema",
                                                                Map.of("type", "object"))));
                                case "tools/call" -> result;
                                default -> Map.of();
                            };
                    return answer == HostProgram.SILENCE
                            ? answer
                            : Map.of(
                                    "mcp_response",
                                    Map.of(
                                            "jsonrpc",
                                            "2.0",
                                            "id",
                                            message.get("id") == null ? 0 : message.get("id"),
                                            "result",
                                            answer));
                });
    }

    private FakeMessagesApi calling() {
        return FakeMessagesApi.start(
                a -> a.reply(toolUse("mcp__s__give", "{}"), text("Done."), text("Next.")));
    }

    private HostProgram withServer(FakeMessagesApi api, Object result) {
        var host = giving(host(api), result).flags("--allowedTools", "mcp__s__give").start();
        host.request("initialize", Map.of("sdkMcpServers", List.of("s")));
        return host;
    }

    @Test
    void aResultOf64MiBIsCutForTheModelAndTheLinesStayShort() {
        var big = Map.of("content", List.of(Map.of("type", "text", "text", "x".repeat(64 * MIB))));
        try (var api = calling();
                var host = withServer(api, big)) {
            assertEquals("Done.", host.say("go").result().get("result"));
            assertTrue(api.lastRequest().text().length() < 2 * MIB);
            assertTrue(host.longestLine() < MIB);
        }
    }

    @Test
    void anInterruptFreesACallThatTheHostDoesNotAnswer() {
        try (var api = calling();
                var host = withServer(api, HostProgram.SILENCE)) {
            host.say("go");
            host.await(frame -> frame.toString().contains("tools/call"));
            host.request("interrupt", Map.of());
            assertEquals("aborted_tools", host.result().get("terminal_reason"));
            assertEquals("Done.", host.say("on").result(2).get("result"));
        }
    }

    @Test
    void oddResultsOfAToolAreResultsAllTheSame() {
        for (var odd :
                List.of(
                        Map.of(),
                        Map.of("content", "text"),
                        Map.of("content", List.of(5, "a", List.of(), Map.of("type", 5))),
                        List.of(),
                        "text",
                        Map.of("content", List.of(Map.of("type", "resource", "resource", 5))),
                        Map.of("content", List.of(Map.of("type", "text", "text", "\ud800"))))) {
            try (var api = calling();
                    var host = withServer(api, odd)) {
                assertEquals("Done.", host.say("go").result().get("result"), odd::toString);
            }
        }
    }

    @Test
    void anOutputOf64MiBOfBashIsCut() {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        toolUse(
                                                "Bash",
                                                "{\"command\":\"head -c 67108864 /dev/zero | tr '\\\\0' x\"}"),
                                        text("Done.")));
                var host = host(api).flags("--allowedTools", "Bash").start()) {
            assertEquals("Done.", host.say("go").result().get("result"));
            assertTrue(api.lastRequest().text().length() < MIB);
            assertTrue(host.longestLine() < MIB);
        }
    }

    @Test
    void picturesArriveAsTheyWereSent() {
        var data = Base64.getEncoder().encodeToString("picture".getBytes());
        try (var api = answering("Seen.");
                var host = host(api).start()) {
            var source = Map.of("type", "base64", "media_type", "image/png", "data", data);
            host.say(
                    "",
                    message(
                            List.of(
                                    Map.of("type", "text", "text", "look"),
                                    block("image", source))));
            assertEquals("Seen.", host.result().get("result"));
            assertTrue(api.lastRequest().text().contains(data));
        }
    }

    @Test
    void picturesThatAreNoneEndTheirTurnOnly() {
        int turn = 0;
        try (var api = answering("Seen.");
                var host = host(api).start()) {
            for (var source :
                    List.of(
                            Map.of("type", "base64", "media_type", "image/png", "data", "%%%"),
                            Map.of("type", "base64", "media_type", "text/html", "data", "AAAA"),
                            Map.of("type", "base64", "media_type", 5, "data", "AAAA"),
                            Map.of("type", "base64"),
                            Map.of("type", 7),
                            Map.of())) {
                host.say("", message(List.of(block("image", source)))).result(++turn);
            }
            host.say("", message(List.of(Map.of("type", "image")))).result(++turn);
            host.say("", message(List.of(Map.of("type", "tool_use", "id", "x")))).result(++turn);
            host.say("", message(List.of())).result(++turn);
            host.say("", message(5)).result(++turn);
            assertEquals("Seen.", host.say("and now").result(++turn).get("result"));
        }
    }

    @Test
    void aPictureOf30MBIsTakenOrRefusedButNeverHolds() {
        try (var api = answering("Seen.");
                var host = host(api).start()) {
            var source =
                    Map.of(
                            "type",
                            "base64",
                            "media_type",
                            "image/png",
                            "data",
                            "A".repeat(40_000_000));
            host.say("", message(List.of(block("image", source)))).result();
            assertTrue(host.longestLine() < MIB);
            assertTrue(host.say("on").result(2).containsKey("result"));
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
