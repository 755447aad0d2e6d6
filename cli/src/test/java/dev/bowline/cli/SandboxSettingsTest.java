package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.tools.BuiltinTools;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The setting `sandbox` as the command takes it.
final class SandboxSettingsTest {
    private static final String ON = "{\"sandbox\":{\"enabled\":true}}";

    private static void needsSandbox() {
        var options = ToolOptions.DEFAULTS.withSandbox(SandboxSettings.ON);
        var problem = BuiltinTools.sandboxProblem(options);
        assumeTrue(problem.isEmpty(), () -> "no sandbox here: " + problem.orElse(""));
    }

    private static int bash(Cli cli, String command, String... flags) {
        var words = new java.util.ArrayList<String>();
        words.addAll(
                java.util.List.of("tools", "call", "Bash", "{\"command\":\"" + command + "\"}"));
        words.addAll(java.util.List.of(flags));
        return cli.run(words.toArray(String[]::new)).code();
    }

    @Test
    void confinedCommandsNeedNoRuleAndStayInside(@TempDir Path root) {
        needsSandbox();
        var cli = Cli.in(root);
        assertEquals(0, bash(cli, "touch made", "--settings", ON));
        assertTrue(Files.exists(cli.directory().resolve("made")));
        var outside = root.resolve("outside");
        bash(cli, "touch " + outside, "--settings", ON);
        bash(cli, "touch " + outside, "--settings", ON, "--dangerously-skip-permissions");
        assertFalse(Files.exists(outside));
    }

    @Test
    void rulesThatDenyHoldInside(@TempDir Path root) {
        needsSandbox();
        var cli = Cli.in(root);
        assertEquals(
                1, bash(cli, "touch made", "--settings", ON, "--disallowedTools", "Bash(touch *)"));
        assertFalse(Files.exists(cli.directory().resolve("made")));
    }

    @Test
    void aFolderThatIsNotTrustedTurnsNoQuestionsOff(@TempDir Path root) {
        var cli = Cli.in(root).write(".claude/settings.json", ON);
        assertEquals(1, bash(cli, "touch made"));
        assertFalse(Files.exists(cli.directory().resolve("made")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"enabled\":\"yes\"} | sandbox.enabled",
                "{\"enabled\":true,\"network\":{\"socksProxyPort\":1080}} | sandbox.network.socksProxyPort",
                "{\"enabled\":true,\"network\":{\"allowedDomains\":[\"http://a.example/\"]}} | sandbox.network.allowedDomains"
            })
    void whatCanNotBeHeldIsRefused(String sandbox, String key, @TempDir Path root) {
        var ran =
                Cli.in(root)
                        .run(
                                "tools",
                                "call",
                                "Bash",
                                "{\"command\":\"true\"}",
                                "--settings",
                                "{\"sandbox\":" + sandbox + "}");
        assertTrue(ran.code() != 0);
        assertTrue(ran.err().contains(key), ran.err());
    }
}
