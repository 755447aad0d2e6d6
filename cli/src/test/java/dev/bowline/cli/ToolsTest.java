package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolsTest {
    @TempDir private Path root;
    private Cli cli;

    @BeforeEach
    void aDirectory() {
        cli = Cli.in(root).write("notes.txt", "The halyard is cleated.\n");
    }

    @Test
    void theListNamesEachTool() {
        var list = cli.run("tools", "list").out();

        for (var name : List.of("Bash", "Edit", "Glob", "Grep", "Read", "TodoWrite", "Write")) {
            assertTrue(list.lines().anyMatch(line -> line.startsWith(name + " ")), list);
            var schema = Cli.object(cli.run("tools", "schema", name).out());
            assertEquals(name, schema.get("name"));
            assertEquals("object", ((java.util.Map<?, ?>) schema.get("input_schema")).get("type"));
        }
        assertTrue(cli.run("tools", "list", "--json").out().startsWith("[{"));
    }

    @Test
    void aCallPrintsItsResult() {
        var result = cli.run("tools", "call", "Grep", "{\"pattern\":\"halyard\"}");

        assertEquals(0, result.code(), result.err());
        assertEquals("Grep", result.lastFrame().get("tool"));
        assertEquals(false, result.lastFrame().get("is_error"));
        assertTrue(result.out().contains("notes.txt"));
    }

    @Test
    void theInputMayComeOnStandardInput() {
        var result = cli.runWithInput("{\"pattern\":\"*.txt\"}", "tools", "call", "Glob", "-");

        assertTrue(result.out().contains("notes.txt"), result.err());
    }

    @Test
    void permissionsHoldAsForAPrompt() {
        var input = "{\"command\":\"touch made\"}";
        var refused = cli.run("tools", "call", "Bash", input);
        assertEquals(1, refused.code());
        assertEquals("permission_denied", refused.lastFrame().get("code"));
        assertFalse(Files.exists(cli.directory().resolve("made")));

        assertEquals(
                0,
                cli.run("tools", "call", "Bash", input, "--allowedTools", "Bash(touch *)").code());
        assertTrue(Files.exists(cli.directory().resolve("made")));
    }

    @Test
    void aFailingToolIsAnErrorResult() {
        var result = cli.run("tools", "call", "Read", "{\"file_path\":\"nowhere.txt\"}");

        assertEquals(1, result.code());
        assertEquals(true, result.lastFrame().get("is_error"));
    }

    @Test
    void anInputOfTheWrongShapeIsRefused() {
        assertEquals(
                "tool_input_invalid",
                cli.run("tools", "call", "Grep", "{\"patern\":1}").lastFrame().get("code"));
        assertTrue(cli.run("tools", "call", "Grep", "[1]").err().contains("must be a JSON object"));
        assertTrue(cli.run("tools", "call", "Grep", "{").err().contains("not valid JSON"));
        assertTrue(cli.run("tools", "call", "Gerp", "{}").err().contains("did you mean Grep?"));
        assertTrue(cli.run("tools", "call", "Grep").err().contains("the input as JSON is missing"));
    }

    @Test
    void whatIsKeptInFullIsThereWhenTheCallIsOver() throws Exception {
        var result =
                cli.run(
                        "tools",
                        "call",
                        "Bash",
                        "{\"command\":\"seq 100000\"}",
                        "--allowedTools",
                        "Bash(seq *)");

        var structured = (java.util.Map<?, ?>) result.lastFrame().get("structured");
        var kept = Path.of(String.valueOf(structured.get("persistedOutputPath")));
        try {
            assertEquals(100_000, Files.readAllLines(kept).size());
        } finally {
            try (var files = Files.walk(kept.getParent())) {
                for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Test
    void aCallLeavesNothingBehindThatItsResultDoesNotName() throws Exception {
        var temporary = Files.createDirectory(root.resolve("tmp"));
        cli.with("TMPDIR", temporary.toString());
        assertEquals(
                0,
                cli.run(
                                "tools",
                                "call",
                                "Bash",
                                "{\"command\":\"echo hi\"}",
                                "--allowedTools",
                                "Bash(echo *)")
                        .code());
        try (var left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
