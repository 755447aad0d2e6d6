package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a host is told of its messages, its servers and its own decisions.
class HostToldTest {
    private static final String ID = "00000000-0000-4000-8000-00000000000b";
    private static final FakeReply CALL = toolUse("Bash", "{\"command\":\"touch made\"}");

    /// What a server with one tool has told the host.
    private static final Map<String, Object> MANIFEST =
            Map.of(
                    "initializeResult",
                    Map.of(
                            "protocolVersion",
                            "2025-11-25",
                            "serverInfo",
                            Map.of("name", "gate", "version", "1")),
                    "toolsListResult",
                    Map.of(
                            "tools",
                            List.of(
                                    Map.of(
                                            "name",
                                            "ask_all",
                                            "inputSchema",
                                            Map.of("type", "object")))));

    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api) {
        return HostProgram.in(root, api.baseUrl());
    }

    private static FakeMessagesApi saying(FakeReply... replies) {
        return FakeMessagesApi.start(a -> a.reply(replies));
    }

    private static List<Map<String, Object>> of(HostProgram host, String type) {
        return host.frames().stream().filter(frame -> type.equals(frame.get("type"))).toList();
    }

    /// Greets with the server, and answers its calls with a text.
    private static HostProgram withGate(HostProgram host, String answer) {
        host.answer(
                        "mcp_message",
                        request ->
                                Map.of(
                                        "mcp_response",
                                        Map.of(
                                                "jsonrpc",
                                                "2.0",
                                                "id",
                                                ((Map<?, ?>) request.get("message")).get("id"),
                                                "result",
                                                Map.of(
                                                        "content",
                                                        List.of(
                                                                Map.of(
                                                                        "type", "text", "text",
                                                                        answer))))))
                .start();
        var said =
                host.request(
                        "initialize",
                        Map.of(
                                "sdkMcpServers",
                                List.of("gate"),
                                "sdkMcpServerManifests",
                                Map.of("gate", MANIFEST)));
        assertEquals(
                Map.of("gate", "parked"),
                ((Map<?, ?>) said.get("response")).get("sdk_mcp_manifests_parked"));
        return host;
    }

    @Test
    void aMessageThatTheHostHasNamedIsFollowedToItsEnd() {
        try (var api = saying(text("One."), text("Two."));
                var host = host(api).start()) {
            var result = host.say("hi", Map.of("uuid", ID)).result();
            assertEquals(List.of(ID), result.get("user_message_uuids"));
            host.await(frame -> "completed".equals(frame.get("state")));
            var states = of(host, "command_lifecycle");
            assertEquals(
                    List.of("queued", "started", "completed"),
                    states.stream().map(frame -> frame.get("state")).toList());
            assertTrue(states.stream().allMatch(frame -> ID.equals(frame.get("command_uuid"))));
            assertEquals(List.of(ID), of(host, "system").getFirst().get("user_message_uuids"));
            assertEquals(ID, of(host, "assistant").getFirst().get("user_message_uuid"));
        }
    }

    @Test
    void ofAMessageWithoutANameNothingIsTold() {
        try (var api = saying(text("One."));
                var host = host(api).start()) {
            assertNull(host.say("hi").result().get("user_message_uuids"));
            assertEquals(List.of(), of(host, "command_lifecycle"));
        }
    }

    @Test
    void whatIsUsedIsToldPerResultAndForTheSession() {
        try (var api = saying(text("One."), text("Two."));
                var host = host(api).start()) {
            var first = host.say("hi").result();
            assertEquals(first.get("modelUsage"), first.get("model_usage_since_last_result"));
            var second = host.say("on").result(2);
            var since = (Map<?, ?>) second.get("model_usage_since_last_result");
            var one = (Map<?, ?>) since.values().iterator().next();
            assertEquals(
                    ((Map<?, ?>) second.get("usage")).get("input_tokens"), one.get("inputTokens"));
            assertFalse(since.equals(second.get("modelUsage")), since::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',", "'   ',", "'\n',"})
    void anEmptyMessageIsAnsweredByTheModel(String empty) {
        try (var api = saying(text("What?"));
                var host = host(api).start()) {
            assertEquals("What?", host.say(empty).result().get("result"));
            assertEquals(1, api.requests().size());
        }
    }

    @Test
    void aServerThatTheHostHasGreetedIsNotGreetedAgain() {
        try (var api = saying(text("One."));
                var host = withGate(host(api), "")) {
            host.say("hi").result();
            var init = of(host, "system").getFirst();
            assertTrue(init.get("tools").toString().contains("mcp__gate__ask_all"));
            assertEquals(
                    List.of(Map.of("name", "gate", "status", "connected", "source", "sdk")),
                    init.get("mcp_servers"));
            assertEquals(List.of(), of(host, "control_request"));
        }
    }

    @Test
    void aCallOfAServersToolCarriesItsNamesForPeople() {
        try (var api = saying(toolUse("mcp__gate__ask_all", "{}"), text("Done."));
                var host =
                        withGate(host(api).flags("--allowedTools", "mcp__gate__ask_all"), "yes")) {
            host.say("hi").result();
            var meta = (List<?>) of(host, "assistant").getFirst().get("tool_use_meta");
            assertEquals("Ask All", ((Map<?, ?>) meta.getFirst()).get("display_name"));
            assertEquals("ask_all", ((Map<?, ?>) meta.getFirst()).get("tool_name"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"behavior\":\"allow\"}; true",
                "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"touch made\"}}; true",
                "{\"behavior\":\"deny\",\"message\":\"no\"}; false",
                "{\"behavior\":\"maybe\"}; false",
                "yes; false",
                "{}; false",
                "[]; false"
            })
    void aToolOfTheHostsDecidesAboutACall(String answer, boolean runs) {
        try (var api = saying(CALL, text("Done."));
                var host =
                        withGate(
                                host(api).flags("--permission-prompt-tool", "mcp__gate__ask_all"),
                                answer)) {
            assertEquals("Done.", host.say("hi").result().get("result"));
            assertEquals(runs, Files.exists(host.directory().resolve("made")), host::errors);
            var asked = (Map<?, ?>) of(host, "control_request").getFirst().get("request");
            var params = (Map<?, ?>) ((Map<?, ?>) asked.get("message")).get("params");
            var question = (Map<?, ?>) params.get("arguments");
            assertEquals("Bash", question.get("tool_name"));
            assertEquals(Map.of("command", "touch made"), question.get("input"));
        }
    }

    @Test
    void aToolThatDecidesAndThatNobodyOffersAllowsNothing() {
        try (var api = saying(CALL, text("Done."));
                var host = host(api).flags("--permission-prompt-tool", "mcp__none__ask").start()) {
            var result = host.say("hi").result();
            assertEquals(1, ((List<?>) result.get("permission_denials")).size());
            assertFalse(Files.exists(host.directory().resolve("made")));
        }
    }

    @Test
    void aRequestThatIsNotKnownHasACode() {
        try (var api = saying();
                var host = host(api).start()) {
            assertEquals(
                    "unsupported_request",
                    host.request("splice", Map.of("a", Json.NULL)).get("error_code"));
            assertEquals(
                    "bypass_not_launched",
                    host.request("set_permission_mode", Map.of("mode", "bypassPermissions"))
                            .get("error_code"));
        }
    }
}
