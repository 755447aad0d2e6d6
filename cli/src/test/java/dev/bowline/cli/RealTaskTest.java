package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.thinking;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task of 25 steps over the wire: look around, change three files, run the tests, see them fail,
/// mend the cause, run them again, sum up. Real tools, real files, real processes.
final class RealTaskTest {
    private static final int STEPS = 25;
    private static final String SUMMARY =
            "Addition now takes any number of values: lib.sh:2, calc.sh:3 and README.md; sh test.sh passes.";

    @TempDir private Path root;

    private Cli project() {
        return Cli.in(root)
                .write("lib.sh", "add() {\n  echo $(($1 + $2))\n}\n")
                .write("calc.sh", "#!/bin/sh\n. ./lib.sh\nadd \"$1\" \"$2\"\n")
                .write(
                        "test.sh",
                        "#!/bin/sh\ngot=$(sh calc.sh 1 2 3)\n[ \"$got\" = 6 ] || { echo \"expected 6, got $got\" >&2; exit 1; }\necho passed\n")
                .write("README.md", "# calc\n\nAdds two values.\n");
    }

    private static Map<String, Object> edit(Path file, String from, String to) {
        return Map.of("file_path", file.toString(), "old_string", from, "new_string", to);
    }

    private static FakeReply[] script(Path at) {
        var lib = at.resolve("lib.sh");
        var calc = at.resolve("calc.sh");
        var readme = at.resolve("README.md");
        var test = at.resolve("test.sh");
        var steps = new ArrayList<FakeReply>();
        steps.add(
                thinking("Look around first.")
                        .withText("I'll look around.")
                        .withToolUse("Glob", Map.of("pattern", "**/*")));
        steps.add(toolUse("Grep", Map.of("pattern", "add", "output_mode", "content", "-n", true)));
        steps.add(
                toolUse("Read", Map.of("file_path", lib.toString()))
                        .withToolUse("Read", Map.of("file_path", calc.toString())));
        steps.add(toolUse("Read", Map.of("file_path", test.toString())));
        steps.add(toolUse("Read", Map.of("file_path", readme.toString())));
        steps.add(toolUse("TodoWrite", todos("in_progress", "pending", "pending")));
        steps.add(toolUse("Bash", Map.of("command", "ls", "description", "List files")));
        steps.add(toolUse("Grep", Map.of("pattern", "two values", "glob", "*.md")));
        steps.add(toolUse("Bash", Map.of("command", "sh test.sh", "description", "Run the tests")));
        steps.add(toolUse("Edit", edit(calc, "add \"$1\" \"$2\"", "add \"$@\"")));
        steps.add(toolUse("Bash", Map.of("command", "sh test.sh")));
        steps.add(toolUse("Edit", edit(lib, "  echo $(($1 - $2))", "  echo 0")));
        steps.add(toolUse("Read", Map.of("file_path", lib.toString(), "offset", 2, "limit", 1)));
        steps.add(
                toolUse(
                        "Edit",
                        edit(
                                lib,
                                "  echo $(($1 + $2))",
                                "  sum=0\n  for value in \"$@\"; do sum=$((sum + value)) done\n  echo $sum")));
        steps.add(toolUse("Bash", Map.of("command", "sh test.sh")));
        steps.add(
                text("A semicolon is missing.")
                        .withToolUse("Read", Map.of("file_path", lib.toString())));
        steps.add(toolUse("Edit", edit(lib, "sum + value)) done", "sum + value)); done")));
        steps.add(toolUse("Bash", Map.of("command", "sh test.sh")));
        steps.add(toolUse("Edit", edit(readme, "Adds two values.", "Adds any number of values.")));
        steps.add(
                toolUse(
                        "Write",
                        Map.of(
                                "file_path",
                                at.resolve("CHANGES.md").toString(),
                                "content",
                                "- adds any number of values\n")));
        steps.add(
                toolUse(
                        "Bash",
                        Map.of("command", "rm -rf /nowhere-at-all", "description", "Not allowed")));
        steps.add(toolUse("Nonsense", Map.of("x", 1)));
        steps.add(toolUse("TodoWrite", todos("completed", "completed", "completed")));
        steps.add(
                toolUse("Bash", Map.of("command", "sh test.sh"))
                        .withToolUse("Glob", Map.of("pattern", "*.md")));
        steps.add(text(SUMMARY));
        assertEquals(STEPS, steps.size());
        return steps.toArray(FakeReply[]::new);
    }

    private static Map<String, Object> todos(String... states) {
        var all = new ArrayList<Map<String, Object>>();
        for (var state : states) {
            all.add(
                    Map.of(
                            "content",
                            "Step " + all.size(),
                            "status",
                            state,
                            "activeForm",
                            "Doing step " + all.size()));
        }
        return Map.of("todos", all);
    }

    private Cli.Result run(FakeMessagesApi api, Cli cli, String... format) {
        var args =
                new ArrayList<>(
                        List.of(
                                "-p",
                                "Make calc add any number of values, and keep the tests passing."));
        args.addAll(
                List.of("--permission-mode", "acceptEdits", "--allowedTools", "Bash(sh test.sh)"));
        args.addAll(List.of(format));
        return cli.against(api.baseUrl()).run(args.toArray(String[]::new));
    }

    private static void check(FakeMessagesApi api, Cli cli) {
        api.verify();
        assertEquals(STEPS, api.requests().size());
        assertEquals("#!/bin/sh\n. ./lib.sh\nadd \"$@\"\n", cli.file("calc.sh"));
        assertEquals(
                "add() {\n  sum=0\n  for value in \"$@\"; do sum=$((sum + value)); done\n  echo $sum\n}\n",
                cli.file("lib.sh"));
        assertEquals("# calc\n\nAdds any number of values.\n", cli.file("README.md"));
        assertEquals("- adds any number of values\n", cli.file("CHANGES.md"));
        var results =
                api.requests().stream()
                        .flatMap(r -> r.toolResults().stream())
                        .map(r -> FakeRequest.textOf(r.get("content")))
                        .toList();
        assertTrue(results.get(9).contains("expected 6, got 3"), results.get(9));
        assertTrue(results.stream().anyMatch(r -> r.strip().equals("passed")), results::toString);
        assertEquals(26, results.size());
    }

    @Test
    void inTextTheAnswerIsAllThatIsPrinted() {
        var cli = project();
        try (var api = FakeMessagesApi.start(a -> a.reply(script(cli.directory())))) {
            var result = run(api, cli);

            check(api, cli);
            assertEquals(SUMMARY + "\n", result.out());
            assertEquals(
                    "bowline: 1 call was not allowed (Bash); allow them with --allowedTools or --permission-mode\n",
                    result.err());
            assertEquals(0, result.code());
        }
    }

    @Test
    void inJsonThereIsOneResultWithFigures() {
        var cli = project();
        try (var api = FakeMessagesApi.start(a -> a.reply(script(cli.directory())))) {
            var result = run(api, cli, "--output-format", "json");

            check(api, cli);
            assertEquals(0, result.code(), result.err());
            var frame = result.lastFrame();
            assertEquals(1, result.frames().size());
            assertEquals("success", frame.get("subtype"));
            assertEquals(false, frame.get("is_error"));
            assertEquals(SUMMARY, frame.get("result"));
            assertEquals(STEPS + 2L, frame.get("num_turns"), "two replies have two calls each");
            assertEquals("end_turn", frame.get("stop_reason"));
            assertEquals("completed", frame.get("terminal_reason"));
            assertEquals(1, ((List<?>) frame.get("permission_denials")).size());
            assertTrue((Double) frame.get("total_cost_usd") > 0, frame::toString);
            assertTrue(
                    ((Map<?, ?>) frame.get("modelUsage")).containsKey("claude-sonnet-5"),
                    frame::toString);
        }
    }

    @Test
    void inStreamJsonEachStepIsAFrameNamedAsInTheTranscript() throws Exception {
        var cli = project();
        try (var api = FakeMessagesApi.start(a -> a.reply(script(cli.directory())))) {
            var result =
                    run(
                            api,
                            cli,
                            "--output-format",
                            "stream-json",
                            "--verbose",
                            "--include-partial-messages");

            check(api, cli);
            assertEquals(0, result.code(), result.err());
            var frames = result.frames();
            assertEquals("init", frames.getFirst().get("subtype"));
            assertEquals("result", frames.getLast().get("type"));
            assertEquals(1, frames.stream().filter(f -> "result".equals(f.get("type"))).count());
            assertEquals(
                    1,
                    frames.stream()
                            .filter(f -> "permission_denied".equals(f.get("subtype")))
                            .count());
            pairsEveryCall(frames);
            assistantFramesComeBeforeTheEndOfTheirBlock(frames);
            assertEquals(frames.size(), frames.stream().map(f -> f.get("uuid")).distinct().count());
            var transcript = Files.readString(transcript(root.resolve("home")));
            for (var frame : frames) {
                if (List.of("assistant", "user").contains(frame.get("type"))) {
                    assertTrue(
                            transcript.contains("\"uuid\":\"" + frame.get("uuid") + "\""),
                            frame::toString);
                }
            }
        }
    }

    private static Path transcript(Path home) throws Exception {
        try (var files =
                Files.find(home, 9, (path, attributes) -> path.toString().endsWith(".jsonl"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void pairsEveryCall(List<Map<String, Object>> frames) {
        var open = new HashSet<Object>();
        int calls = 0;
        for (var frame : frames) {
            for (var block : blocks(frame)) {
                if ("tool_use".equals(block.get("type"))) {
                    open.add(block.get("id"));
                    calls++;
                } else if ("tool_result".equals(block.get("type"))) {
                    assertTrue(open.remove(block.get("tool_use_id")), frame::toString);
                    assertTrue(frame.containsKey("tool_use_result"), frame::toString);
                    assertEquals(
                            Boolean.TRUE.equals(block.get("is_error")),
                            frame.get("tool_use_result") instanceof String text
                                    && text.startsWith("Error: "),
                            frame::toString);
                }
            }
        }
        assertEquals(26, calls);
        assertTrue(open.isEmpty());
    }

    private static void assistantFramesComeBeforeTheEndOfTheirBlock(
            List<Map<String, Object>> frames) {
        int started = 0;
        int said = 0;
        int stopped = 0;
        for (var frame : frames) {
            if ("assistant".equals(frame.get("type"))) {
                said++;
                assertEquals(started, said);
            } else if (frame.get("event") instanceof Map<?, ?> event) {
                switch (String.valueOf(event.get("type"))) {
                    case "content_block_start" -> started++;
                    case "content_block_stop" -> {
                        stopped++;
                        assertEquals(said, stopped);
                    }
                    default -> {}
                }
            }
        }
        assertTrue(said > STEPS, "frames of blocks: " + said);
        assertFalse(frames.stream().anyMatch(f -> "ping".equals(f.get("type"))));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> blocks(Map<String, Object> frame) {
        return frame.get("message") instanceof Map<?, ?> message
                        && message.get("content") instanceof List<?> content
                ? (List<Map<String, Object>>) content
                : List.of();
    }
}
