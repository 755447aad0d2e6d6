package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What hosts and their tools hand over: very much of it, and what it should not be.
@Timeout(90)
class HostContentTest extends HostCase {
    private static final int MIB = 1 << 20;

    private static Map<String, Object> block(String type, Map<?, ?> source) {
        return Map.of("type", type, "source", source);
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
}
