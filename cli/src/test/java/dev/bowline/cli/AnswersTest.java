package dev.bowline.cli;

import static dev.bowline.cli.HostedRun.hosted;
import static dev.bowline.cli.HostedRun.reply;
import static dev.bowline.cli.HostedRun.request;
import static dev.bowline.cli.HostedRun.user;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Structured output, and how the model is asked, seen from the command line and by a host program.
@Timeout(60)
final class AnswersTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";

    @TempDir private Path root;

    @Test
    void structuredOutputIsInTheResultOfEveryFormat() {
        var cli = Cli.in(root);
        FakeReply good = toolUse("StructuredOutput", "{\"n\":3}");
        try (var api = FakeMessagesApi.start(a -> a.reply(good, good, good))) {
            cli.against(api.baseUrl());
            var json = cli.run("-p", "count", "--json-schema", SCHEMA, "--output-format", "json");
            assertEquals(0, json.code(), json.err());
            assertEquals(Map.of("n", 3L), json.lastFrame().get("structured_output"));
            assertEquals("{\"n\":3}", json.lastFrame().get("result"));
            assertEquals(2L, json.lastFrame().get("num_turns"));
            assertEquals(
                    "{\"n\":3}", cli.run("-p", "count", "--json-schema=" + SCHEMA).out().strip());
            var hosted =
                    hosted(
                            cli,
                            List.of(
                                    request(
                                            "i",
                                            Map.of(
                                                    "subtype",
                                                    "initialize",
                                                    "jsonSchema",
                                                    Json.parse(SCHEMA).asMap())),
                                    user("count")));
            assertEquals(Map.of("n", 3L), hosted.lastFrame().get("structured_output"));
            assertTrue(
                    hosted.out().contains("\"tool_use_result\":\"Structured output provided"),
                    hosted.out());
            api.verify();
        }
    }

    @Test
    void withoutAValueTheResultIsAnError() {
        var cli = Cli.in(root).with("MAX_STRUCTURED_OUTPUT_RETRIES", "2");
        FakeReply bad = toolUse("StructuredOutput", "{\"n\":\"x\"}");
        try (var api = FakeMessagesApi.start(a -> a.reply(bad, text("It is 3.")))) {
            cli.against(api.baseUrl());
            var run = cli.run("-p", "count", "--json-schema", SCHEMA, "--output-format", "json");
            assertEquals(1, run.code());
            assertEquals("error_max_structured_output_retries", run.lastFrame().get("subtype"));
            assertEquals(
                    "structured_output_retry_exhausted", run.lastFrame().get("terminal_reason"));
            assertNull(run.lastFrame().get("structured_output"));
            api.verify();
        }
    }

    @Test
    void aSchemaThatCannotWorkIsRefusedBeforeAnythingIsAsked() {
        var cli = Cli.in(root);
        for (var wrong : List.of("{", "{\"type\":\"array\"}")) {
            var run = cli.run("-p", "count", "--json-schema", wrong);
            assertEquals(1, run.code());
            assertEquals(1, run.err().lines().count(), run.err());
            assertEquals("", run.out());
        }
        var greeting = Map.of("subtype", "initialize", "jsonSchema", Map.of("type", "array"));
        var hosted = hosted(cli, List.of(request("i", greeting)));
        assertEquals("error", reply(hosted, "i").get("subtype"));
    }

    @Test
    void flagsSayHowTheModelIsAsked() {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(a -> {
                    a.rules(rules -> rules.anyFields());
                    for (int i = 0; i < 6; i++) {
                        a.reply(text("ok"));
                    }
                })) {
            cli.against(api.baseUrl());
            cli.run("-p", "hi", "--model", "claude-sonnet-5", "--effort", "low");
            assertEquals(Map.of("effort", "low"), api.lastRequest().json().get("output_config"));
            assertTrue(api.lastRequest().betas().contains("effort-2025-11-24"));
            cli.run("-p", "hi", "--thinking", "disabled", "--betas", "one,two", "--task-budget=9");
            assertEquals(Map.of("type", "disabled"), api.lastRequest().json().get("thinking"));
            assertTrue(
                    api.lastRequest()
                            .betas()
                            .containsAll(List.of("one", "two", "task-budgets-2026-03-13")));
            cli.run("-p", "hi", "--max-thinking-tokens=2000", "--model=claude-sonnet-4-5");
            assertEquals(
                    "{type=enabled, budget_tokens=2000}",
                    String.valueOf(api.lastRequest().json().get("thinking")));
            cli.run("-p", "hi", "--thinking=adaptive", "--thinking-display=omitted");
            assertEquals(
                    Map.of("type", "adaptive", "display", "omitted"),
                    api.lastRequest().json().get("thinking"));
            cli.with("ANTHROPIC_DEFAULT_OPUS_MODEL", "my-opus").run("-p", "hi", "--model=opus");
            assertEquals("my-opus", api.lastRequest().model());
            cli.run("-p", "hi", "--model=haiku");
            assertEquals("claude-haiku-5-5", api.lastRequest().model());
        }
        assertEquals(1, cli.run("-p", "hi", "--effort", "enormous").code());
    }

    @Test
    void aHostChangesThemWhileTheSessionRuns() {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(
                        a -> a.rules(rules -> rules.anyFields()).reply(text("a"), text("b")))) {
            var run =
                    hosted(
                            cli.against(api.baseUrl()),
                            List.of(
                                    request(
                                            "t",
                                            Map.of(
                                                    "subtype",
                                                    "set_max_thinking_tokens",
                                                    "max_thinking_tokens",
                                                    0)),
                                    request(
                                            "s",
                                            Map.of(
                                                    "subtype",
                                                    "apply_flag_settings",
                                                    "settings",
                                                    Map.of(
                                                            "effortLevel",
                                                            "max",
                                                            "model",
                                                            "claude-opus-5-5"))),
                                    request(
                                            "x",
                                            Map.of(
                                                    "subtype",
                                                    "apply_flag_settings",
                                                    "settings",
                                                    Map.of("effortLevel", "wrong"))),
                                    user("hi")));
            assertEquals("success", reply(run, "t").get("subtype"));
            assertEquals("success", reply(run, "s").get("subtype"));
            assertEquals("error", reply(run, "x").get("subtype"));
            var asked = api.lastRequest().json();
            assertEquals(Map.of("type", "disabled"), asked.get("thinking"));
            assertEquals(Map.of("effort", "max"), asked.get("output_config"));
            assertEquals("claude-opus-5-5", asked.get("model"));
        }
    }

    private static String thinking(String id, Map<String, Object> more) {
        var all = new HashMap<String, Object>(more);
        all.put("subtype", "set_max_thinking_tokens");
        return request(id, all);
    }

    @Test
    void whatAHostDoesNotNameOfThinkingStays() {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(a -> a.rules(rules -> rules.anyFields()).reply(text("a")))) {
            var run =
                    hosted(
                            cli.against(api.baseUrl()),
                            List.of(
                                    thinking("t", Map.of("max_thinking_tokens", 3000)),
                                    thinking("d", Map.of("thinking_display", "omitted")),
                                    thinking("h", Map.of("thinking_display", "highlights")),
                                    user("hi")),
                            "--model=claude-sonnet-4-5");
            assertEquals("success", reply(run, "d").get("subtype"));
            assertEquals("error", reply(run, "h").get("subtype"));
            assertEquals(
                    Map.of("type", "enabled", "budget_tokens", 3000, "display", "omitted"),
                    api.lastRequest().json().get("thinking"));
        }
    }

    @Test
    void nullTakesThinkingBackToWhatWasSaidAtTheStart() {
        var cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(a -> a.rules(rules -> rules.anyFields()).reply(text("a")))) {
            var none = new HashMap<String, Object>();
            none.put("max_thinking_tokens", null);
            hosted(
                    cli.against(api.baseUrl()),
                    List.of(
                            thinking("t", Map.of("max_thinking_tokens", 3000)),
                            thinking("n", none),
                            user("hi")),
                    "--model=claude-sonnet-4-5",
                    "--max-thinking-tokens=5000");
            assertEquals(
                    "{type=enabled, budget_tokens=5000}",
                    String.valueOf(api.lastRequest().json().get("thinking")));
        }
    }

    @Test
    void flagsOfOtherEnginesAreTakenWithAWarning() {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(text("ok"), text("ok")))) {
            cli.against(api.baseUrl());
            var hosted =
                    hosted(
                            cli,
                            List.of(user("hi")),
                            "--frobnicate",
                            "x",
                            "--plugin-dir",
                            "/p",
                            "--channels=",
                            "--setting-sources=");
            assertEquals(0, hosted.code(), hosted.err());
            assertEquals(2, hosted.err().lines().count(), hosted.err());
            assertTrue(hosted.err().contains("--plugin-dir, --channels"), hosted.err());
            assertTrue(hosted.err().contains("passed over: --frobnicate"), hosted.err());
            var single = cli.run("-p", "hi", "--plugin-dir=/p");
            assertEquals(0, single.code());
            assertEquals(1, single.err().lines().count(), single.err());
        }
        assertEquals(1, cli.run("-p", "hi", "--frobnicate").code());
        assertFalse(cli.run("--help").out().contains("--plugin-dir"));
    }
}
