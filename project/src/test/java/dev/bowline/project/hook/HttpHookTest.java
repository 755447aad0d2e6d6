package dev.bowline.project.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.http.HttpCall;
import dev.bowline.testkit.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpHookTest {
    @TempDir Path folder;

    private final ConcurrentLinkedQueue<HttpCall> calls = new ConcurrentLinkedQueue<>();

    private HttpServer answering(int status, String body) {
        return HttpServer.start(
                null,
                (call, answer) -> {
                    calls.add(call);
                    answer.send(
                            status,
                            Map.of("location", "/elsewhere"),
                            body.getBytes(StandardCharsets.UTF_8));
                });
    }

    private static String hook(String url, String more) {
        return "{\"PreToolUse\":[{\"hooks\":[{\"type\":\"http\",\"url\":\""
                + url
                + "/check\""
                + more
                + "}]}]}";
    }

    @Test
    void theEventIsPostedAsJsonWithHeadersFromTheList() throws Exception {
        try (var server = answering(200, "")) {
            var it = new HookedSession(folder);
            it.environment.put("TEAM_KEY", "k");
            it.environment.put("OTHER", "secret");
            it.ask(
                    hook(
                            server.baseUrl(),
                            ",\"headers\":{\"X-Team\":\"Bearer $TEAM_KEY\",\"X-Other\":\"$OTHER.\"},\"allowedEnvVars\":[\"TEAM_KEY\"]"));
            assertEquals("ran git status", it.result());
        }
        var call = calls.element();
        assertEquals("POST", call.method());
        assertEquals("application/json", call.header("content-type"));
        assertEquals("Bearer k", call.header("x-team"));
        assertEquals(".", call.header("x-other"));
        var event = Json.parse(call.text()).asMap();
        assertEquals("PreToolUse", event.get("hook_event_name"));
        assertEquals(Map.of("command", "git status"), event.get("tool_input"));
    }

    @Test
    void jsonInAGoodAnswerDecides() throws Exception {
        try (var server = answering(201, "{\"decision\":\"block\",\"reason\":\"by post\"}")) {
            var it = new HookedSession(folder);
            it.ask(hook(server.baseUrl(), ""));
            assertEquals("PreToolUse:Bash hook error: by post", it.result());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    200 | ''
                    204 | ''
                    200 | fine
                    200 | [1]
                    200 | {"decision":7}
                    302 | {"decision":"block"}
                    404 | {"decision":"block"}
                    500 | {"decision":"block"}
                    """)
    void anythingElseChangesNothing(int status, String body) throws Exception {
        try (var server = answering(status, body)) {
            var it = new HookedSession(folder);
            it.ask(hook(server.baseUrl(), ""));
            assertEquals("ran git status", it.result());
        }
        assertEquals(1, calls.size());
    }

    @ParameterizedTest
    @CsvSource({"500,''", "302,''", "200,fine"})
    void anAnswerThatMustComeRefusesWhenItDoesNot(int status, String body) throws Exception {
        try (var server = answering(status, body)) {
            var it = new HookedSession(folder);
            it.ask(hook(server.baseUrl(), ",\"onFailure\":\"block\""));
            assertTrue(it.ran.isEmpty());
        }
    }

    @Test
    void nobodyAtTheAddressChangesNothing() throws Exception {
        String url;
        try (var server = answering(200, "")) {
            url = server.baseUrl();
        }
        var it = new HookedSession(folder);
        it.ask(hook(url, ""));
        assertEquals("ran git status", it.result());
        assertEquals(List.of("PreToolUse error null"), List.copyOf(it.watched));
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        var held = new CountDownLatch(1);
        try (var server =
                HttpServer.start(
                        null,
                        (call, answer) -> {
                            held.await();
                            answer.send(200, Map.of(), new byte[0]);
                        })) {
            var it = new HookedSession(folder);
            it.ask(hook(server.baseUrl(), ",\"timeout\":0.3"));
            assertEquals("ran git status", it.result());
            held.countDown();
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsAFailure() throws Exception {
        try (var server = answering(200, "")) {
            var it = new HookedSession(folder);
            it.environment.put("K", "a\r\nX-Evil: 1");
            it.ask(
                    hook(
                            server.baseUrl(),
                            ",\"headers\":{\"X-K\":\"$K\"},\"allowedEnvVars\":[\"K\"]"));
            assertEquals("ran git status", it.result());
        }
        assertNull(calls.peek());
    }

    @Test
    void aToolOfAServerIsCalledWithFilledInput() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        var it = new HookedSession(folder);
        it.servers =
                (server, tool, input) -> {
                    seen.add(server + "/" + tool + " " + input.text());
                    return "{\"decision\":\"block\",\"reason\":\"by tool\"}";
                };
        it.ask(
                "{\"PreToolUse\":[{\"hooks\":[{\"type\":\"mcp_tool\",\"server\":\"s\",\"tool\":\"check\",\"input\":{\"line\":\"${tool_input.command}\"}}]}]}");
        assertEquals(List.of("s/check {\"line\":\"git status\"}"), List.copyOf(seen));
        assertEquals("PreToolUse:Bash hook error: by tool", it.result());
    }

    @Test
    void aServerThatIsNotThereChangesNothing() throws Exception {
        var it = new HookedSession(folder);
        it.ask(
                "{\"PreToolUse\":[{\"hooks\":[{\"type\":\"mcp_tool\",\"server\":\"s\",\"tool\":\"check\"}]}]}");
        assertEquals("ran git status", it.result());
    }
}
