package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.prompt.Running;
import dev.bowline.tools.BuiltinTools;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `bowline permissions explain` and `check`, as somebody at a shell uses them.
final class PermissionsTest {
    private static final String CASE =
            "{\"id\":1,\"tool\":\"Bash\",\"input\":{\"command\":\"ls\"}}\n";

    @TempDir private Path root;

    private String explained(String... more) {
        var args = new java.util.ArrayList<>(List.of("permissions", "explain"));
        args.addAll(List.of(more));
        var ran = Cli.in(root).run(args.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        return ran.out();
    }

    @Test
    void theExampleOfTheGuideIsExplained() {
        var said =
                explained(
                        "Bash(git push origin main)",
                        "--disallowedTools",
                        "Bash(git push *)",
                        "--permission-mode",
                        "bypassPermissions");
        assertEquals(
                """
                deny: deny rule Bash(git push *)

                It would touch:
                  runs git push origin main

                The policy looked at:
                  addresses: nothing
                  deny rules: deny rule Bash(git push *)
                """,
                said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bash(ls) | allow: reads only",
                "Bash(git push) | ask: running: git push",
                "Read(/etc/hosts) | ask: reading /etc/hosts outside the working directories",
                "Glob | allow: reads only",
                "mcp__tickets__read | ask: mcp__tickets__read is not allowed by any rule"
            })
    void theFirstLineIsTheDecision(String call, String first) {
        assertEquals(first, explained(call).lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bash", "Read", "Write", "Edit", "NotebookEdit", "WebFetch"})
    void aToolAloneIsNoCall(String tool) {
        var ran = Cli.in(root).run("permissions", "explain", tool);
        assertEquals(1, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("'" + tool + "(what)' [config_invalid]"), ran.err());
    }

    @Test
    void theSandboxOfTheSettingsIsPartOfTheExplanation() {
        var options = ToolOptions.DEFAULTS.withSandbox(SandboxSettings.ON);
        var problem = BuiltinTools.sandboxProblem(options);
        assumeTrue(problem.isEmpty(), () -> "no sandbox here: " + problem.orElse(""));
        var settings = "{\"sandbox\":{\"enabled\":true,\"excludedCommands\":[\"docker\"]}}";
        assertTrue(
                explained("Bash(touch x)", "--settings", settings)
                        .startsWith("allow: confined by the sandbox\n"));
        assertTrue(
                explained("Bash(docker ps)", "--settings", settings)
                        .startsWith("ask: outside the sandbox: running: docker ps\n"));
    }

    @Test
    void casesThatCanNotBeReadAreAFailure() {
        var cli = Cli.in(root);
        var folder = cli.run("permissions", "check", root.toString());
        assertEquals(1, folder.code());
        assertTrue(folder.err().contains("the cases cannot be read: " + root), folder.err());
        var missing = cli.run("permissions", "check", "nofile");
        assertEquals(1, missing.code());
        assertTrue(missing.err().contains("there is no file nofile"), missing.err());
    }

    @Test
    void casesBehindABreakAreNotTakenAsDecided() {
        var gone =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                };
        var given = new ByteArrayInputStream(CASE.getBytes(StandardCharsets.UTF_8));
        var broken = new SequenceInputStream(given, gone);
        var out = new ByteArrayOutputStream();
        assertEquals(1, check(broken, out));
        assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void anEndlessInputEndsWhenNobodyReadsTheAnswers() {
        var endless =
                new InputStream() {
                    private final byte[] line = CASE.getBytes(StandardCharsets.UTF_8);
                    private int at;

                    @Override
                    public int read() {
                        return line[at++ % line.length];
                    }
                };
        var gone =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertEquals(141, check(endless, gone)));
    }

    private int check(InputStream in, OutputStream out) {
        var console =
                Console.of(
                        in,
                        out,
                        new ByteArrayOutputStream(),
                        Map.of("HOME", root.toString()),
                        root);
        return Main.run(List.of("permissions", "check"), console, new Running());
    }

    @Test
    void theHelpNamesEachCommandThatHasHelp() {
        var cli = Cli.in(root);
        var help = cli.run("--help").out();
        for (var command : List.of("sessions", "tools", "permissions", "settings", "trust")) {
            assertTrue(help.contains("\n  " + command + " "), command);
            assertEquals(0, cli.run("help", command).code(), command);
        }
        assertFalse(help.lines().anyMatch(line -> line.endsWith(" ")), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    }
}
