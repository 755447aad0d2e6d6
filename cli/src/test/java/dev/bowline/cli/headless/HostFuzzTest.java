package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.cli.headless.wire.HostLines;
import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lines that a careless or hostile host might write: none ends the engine, and each request with a
/// name is answered exactly once.
@Timeout(120)
class HostFuzzTest {
    private static final int LINES = 10_000;

    @TempDir Path root;

    /// One good request of each type, with all members that are read anywhere.
    private static final List<Map<String, Object>> GOOD =
            List.of(
                    ordered(
                            "subtype",
                            "initialize",
                            "hooks",
                            ordered(
                                    "PreToolUse",
                                    List.of(
                                            ordered(
                                                    "matcher",
                                                    "Bash",
                                                    "hookCallbackIds",
                                                    List.of("hook_0"),
                                                    "timeout",
                                                    5,
                                                    "onFailure",
                                                    "block"))),
                            "systemPrompt",
                            List.of("a"),
                            "appendSystemPrompt",
                            "b",
                            "disallowedTools",
                            List.of("Bash"),
                            "settings",
                            ordered("env", ordered()),
                            "jsonSchema",
                            ordered("type", "object")),
                    ordered("subtype", "interrupt", "cancel_queued", true),
                    ordered("subtype", "set_model", "model", "claude-sonnet-5"),
                    ordered("subtype", "set_permission_mode", "mode", "plan"),
                    ordered("subtype", "set_max_thinking_tokens", "max_thinking_tokens", 1024),
                    ordered("subtype", "get_context_usage", "detail", "summary"),
                    ordered(
                            "subtype",
                            "apply_flag_settings",
                            "settings",
                            ordered("model", "a", "effortLevel", "low", "maxThinkingTokens", 9)),
                    ordered(
                            "subtype",
                            "cancel_async_message",
                            "message_uuid",
                            "00000000-0000-4000-8000-000000000000"),
                    ordered("subtype", "rename_session", "title", "t", "session_id", "s"),
                    ordered(
                            "subtype",
                            "generate_session_title",
                            "description",
                            "what it is about",
                            "persist",
                            true),
                    ordered("subtype", "rewind_files", "user_message_id", "x", "dry_run", true),
                    ordered(
                            "subtype",
                            "read_file",
                            "path",
                            "a.txt",
                            "max_bytes",
                            10,
                            "encoding",
                            "base64"),
                    ordered("subtype", "seed_read_state", "path", "a.txt", "mtime", 5),
                    ordered("subtype", "stop_task", "task_id", "b1"),
                    ordered("subtype", "get_task_output", "task_id", "b1"),
                    ordered("subtype", "background_tasks", "tool_use_id", "t"),
                    ordered("subtype", "mcp_status"),
                    ordered("subtype", "mcp_message", "server_name", "s", "message", ordered()),
                    ordered(
                            "subtype",
                            "mcp_set_servers",
                            "servers",
                            ordered("far", ordered("type", "http", "url", "http://127.0.0.1:1"))),
                    ordered("subtype", "mcp_reconnect", "serverName", "s"),
                    ordered("subtype", "mcp_toggle", "serverName", "s", "enabled", false),
                    ordered("subtype", "mcp_read_resource", "serverName", "s", "uri", "ui://a"),
                    ordered("subtype", "get_settings"),
                    ordered("subtype", "reload_plugins"));

    private static final List<Object> ODD =
            List.of(
                    Json.NULL,
                    true,
                    -1,
                    0,
                    1e300,
                    Long.MAX_VALUE,
                    Json.parse("123456789012345678901234567890"),
                    "",
                    " ",
                    "\u0000",
                    "../../etc/passwd",
                    "\uD83D\uDE00",
                    "x".repeat(5_000),
                    List.of(),
                    List.of(List.of(1), ordered("a", List.of())),
                    ordered(),
                    ordered("type", 5, "", ordered("b", Json.NULL)));

    private static Object odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    /// The value with something in it changed for something else.
    private static Object changed(Object value, Random random, int depth) {
        if (value instanceof Map<?, ?> map
                && !map.isEmpty()
                && (depth == 0 || random.nextInt(4) > 0)) {
            var copy = new LinkedHashMap<Object, Object>(map);
            var keys = new ArrayList<Object>(map.keySet());
            var key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(6)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put("more", odd(random));
                default -> copy.put(key, changed(copy.get(key), random, depth + 1));
            }
            return copy;
        }
        if (value instanceof List<?> list && !list.isEmpty() && random.nextBoolean()) {
            var copy = new ArrayList<Object>(list);
            int at = random.nextInt(copy.size());
            copy.set(at, changed(copy.get(at), random, depth + 1));
            return copy;
        }
        return odd(random);
    }

    private static String broken(String line, Random random) {
        var text = new StringBuilder(line);
        for (int i = random.nextInt(3); i >= 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(1, 0x250));
                case 2 -> text.setLength(at);
                default -> text.setCharAt(at, "{}[]\",:\\u0".charAt(random.nextInt(10)));
            }
        }
        return text.toString().replace("\n", " ").replace("\r", " ");
    }

    /// A map that keeps its order, so that a seed gives the same lines on every run.
    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> request(String id, Object body) {
        return ordered("type", "control_request", "request_id", id, "request", body);
    }

    @Test
    void everyNamedRequestIsAnsweredOnceWhateverIsInIt() {
        var random = new Random(20_261_121);
        var wanted = new HashMap<String, Integer>();
        try (var api = FakeMessagesApi.start(a -> a.replyWith(any -> text("Still here.")));
                var host =
                        HostProgram.in(root, api.baseUrl())
                                .with("MCP_TIMEOUT", "100")
                                .answer("mcp_message", any -> "no such server")
                                .start()) {
            for (int i = 0; i < LINES; i++) {
                var good = GOOD.get(random.nextInt(GOOD.size()));
                var line = Json.of(request("r" + i, changed(good, random, 0))).text();
                if (random.nextInt(4) == 0) {
                    line = broken(line, random);
                }
                host.raw(line);
                if (HostLines.read(line) instanceof HostLine.Request(var id, var any, var body)
                        && !id.isEmpty()) {
                    wanted.merge(id, 1, Integer::sum);
                }
            }
            host.request("get_binary_version", ordered());
            wanted.put("req_1", 1);
            int all = wanted.values().stream().mapToInt(Integer::intValue).sum();
            host.await(frame -> frame.get("type").equals("control_response"), all);

            var answered = new HashMap<String, Integer>();
            for (var frame : host.frames()) {
                if (frame.get("response") instanceof Map<?, ?> response) {
                    answered.merge(String.valueOf(response.get("request_id")), 1, Integer::sum);
                }
            }
            var wrong = new HashMap<String, String>();
            wanted.forEach((id, times) -> {
                if (!times.equals(answered.get(id))) {
                    wrong.put(id, times + " asked, answered " + answered.get(id));
                }
            });
            answered.keySet().removeAll(wanted.keySet());
            assertEquals(ordered(), wrong);
            assertEquals(ordered(), answered);
            host.ask("set_model", Collections.singletonMap("model", Json.NULL));
            // what the requests have set, such as a schema of the answer, may make it a failure
            assertTrue(host.say("hi").result().containsKey("subtype"), host::errors);
        }
    }

    @Test
    void everyLineIsReadAsSomething() {
        var random = new Random(7);
        var lines =
                List.of(
                        "{\"type\":\"user\",\"uuid\":\"00000000-0000-4000-8000-000000000000\",\"priority\":\"now\",\"shouldQuery\":false,\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{}},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}},{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"x\"}}]}}",
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\"a\",\"error\":\"e\"}}",
                        "{\"type\":\"control_cancel_request\",\"request_id\":\"a\"}",
                        "{\"type\":\"update_environment_variables\",\"variables\":{\"A\":\"b\"}}");
        for (int i = 0; i < LINES; i++) {
            var line = lines.get(random.nextInt(lines.size()));
            line =
                    random.nextBoolean()
                            ? broken(line, random)
                            : Json.of(changed(Json.parse(line).value(), random, 0)).text();
            assertTrue(HostLines.read(line) instanceof HostLine, line);
        }
    }
}
