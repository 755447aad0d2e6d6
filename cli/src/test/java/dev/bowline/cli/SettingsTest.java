package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private static final String TOUCH = "{\"command\":\"touch made\"}";
    private static final String ALLOWS = "{\"permissions\":{\"allow\":[\"Bash(touch *)\"]}}";

    /// Whether a `touch` runs with these flags.
    private static boolean touches(Cli cli, String... flags) {
        var words = new java.util.ArrayList<String>();
        words.addAll(java.util.List.of("tools", "call", "Bash", TOUCH));
        words.addAll(java.util.List.of(flags));
        cli.run(words.toArray(String[]::new));
        try {
            return Files.deleteIfExists(cli.directory().resolve("made"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Cli user(Path root, String settings) {
        return Cli.in(root).write("../home/.claude/settings.json", settings);
    }

    @Test
    void settingsOfTheUserCountWithoutTrust(@TempDir Path root) {
        assertFalse(touches(Cli.in(root)));
        assertTrue(touches(user(root, ALLOWS)));
    }

    @ParameterizedTest
    @CsvSource({
        ".claude/settings.json",
        ".claude/settings.local.json",
        ".bowline/settings.json",
        ".bowline/settings.local.json"
    })
    void settingsOfTheFolderCountWhenItIsTrusted(String file, @TempDir Path root) {
        var cli = Cli.in(root).write(file, ALLOWS);
        assertFalse(touches(cli));
        assertFalse(touches(cli, "--setting-sources", "project,local"));
        assertTrue(touches(cli, "--trust"));
        assertEquals(0, cli.run("trust").code());
        assertTrue(touches(cli));
        assertFalse(touches(cli, "--setting-sources="));
        assertEquals(0, cli.run("trust", "--remove").code());
        assertFalse(touches(cli));
        assertTrue(touches(cli.with("BOWLINE_TRUST", "1")));
    }

    @Test
    void aChangeAfterwardsAsksForTrustAgain(@TempDir Path root) {
        var cli = Cli.in(root).write(".claude/settings.json", ALLOWS);
        cli.run("trust");
        cli.write(".claude/settings.json", ALLOWS.replace("touch *", "*"));
        assertFalse(touches(cli));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--trust", "--dangerously-skip-permissions", "--allowedTools=Bash"})
    void denyRulesOfAFolderHoldWithoutTrust(String flag, @TempDir Path root) {
        var cli =
                Cli.in(root)
                        .write(
                                ".claude/settings.json",
                                "{\"permissions\":{\"deny\":[\"Bash(touch *)\"]}}");
        assertFalse(touches(cli, flag));
    }

    @Test
    void oneSentenceSaysWhatIsHeldBackAndHowToTrust(@TempDir Path root) {
        var cli =
                Cli.in(root)
                        .write(
                                ".claude/settings.json",
                                "{\"env\":{\"A\":\"1\"},\"hooks\":{\"Stop\":[{}]}}");
        var err = cli.run("-p", "hi").err();
        assertEquals(
                1, err.lines().filter(line -> line.contains("hooks.Stop, env.A")).count(), err);
        assertTrue(err.contains("bowline trust " + cli.directory()), err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'permissions':{'defaultMode':'acceptEdits'}} | acceptEdits",
                "{'permissions':{'defaultMode':'bypassPermissions'}} | bypassPermissions",
                "{'permissions':{'defaultMode':'bypassPermissions','disableBypassPermissionsMode':'disable'}} | default",
                "{} | default"
            })
    void theModeOfTheSettingsCountsWhereNoFlagSaysOne(
            String settings, String mode, @TempDir Path root) {
        var cli = user(root, settings.replace('\'', '"'));
        var frames = cli.run("-p", "hi", "--output-format", "stream-json", "--verbose").frames();
        assertEquals(mode, frames.getFirst().get("permissionMode"));
        var said =
                cli.run(
                                "-p",
                                "hi",
                                "--permission-mode",
                                "plan",
                                "--output-format",
                                "stream-json",
                                "--verbose")
                        .frames();
        assertEquals("plan", said.getFirst().get("permissionMode"));
    }

    @Test
    void nobodySwitchesPermissionsOffWhereSettingsForbidIt(@TempDir Path root) {
        var cli = user(root, "{\"permissions\":{\"disableBypassPermissionsMode\":\"disable\"}}");
        assertFalse(touches(cli, "--dangerously-skip-permissions"));
        assertFalse(touches(cli, "--permission-mode", "bypassPermissions"));
    }

    @Test
    void variablesOfTheSettingsReachChildren(@TempDir Path root) {
        var cli =
                user(
                        root,
                        "{\"env\":{\"HARBOUR\":\"open\"},\"permissions\":{\"allow\":[\"Bash\"]}}");
        var result = cli.run("tools", "call", "Bash", "{\"command\":\"printenv HARBOUR\"}");
        assertTrue(result.out().contains("open"), result.out());
    }

    @Test
    void aRuleOfTheUsersStartsInTheUsersFolder(@TempDir Path root) throws IOException {
        var cli = user(root, "{\"permissions\":{\"deny\":[\"Read(/notes.txt)\"]}}");
        cli.write("notes.txt", "here").write("../home/.claude/notes.txt", "there");
        var own = cli.directory().resolve("notes.txt");
        var there = cli.directory().resolveSibling("home").resolve(".claude/notes.txt");
        assertTrue(read(cli, own).contains("here"));
        assertFalse(read(cli, there).contains("there"));
    }

    private static String read(Cli cli, Path file) {
        return cli.run(
                        "tools",
                        "call",
                        "Read",
                        "{\"file_path\":\"" + file + "\"}",
                        "--dangerously-skip-permissions")
                .out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'permissions':{'deny':'Bash'}} | permissions.deny: it must be a list",
                "{'model':5} | model: it must be a text",
                "{oops | not a JSON object"
            })
    void settingsOfAFlagThatCannotBeUnderstoodEndTheRun(
            String settings, String message, @TempDir Path root) {
        var result = Cli.in(root).run("-p", "hi", "--settings", settings.replace('\'', '"'));
        assertEquals(1, result.code());
        assertTrue(result.err().contains(message), result.err());
    }

    @Test
    void aFileOfAFlagMayBeginWithAMark(@TempDir Path root) {
        var cli = Cli.in(root).write("s.json", "\uFEFF{\"model\":\"m\"}");
        var shown = cli.run("settings", "--settings", "s.json");
        assertTrue(shown.out().contains("model = \"m\""), shown.err());
    }

    @Test
    void aBadFileIsNamedAndTheRestCounts(@TempDir Path root) {
        var cli = user(root, "{\"model\":5}").write(".claude/settings.json", "{");
        var result = cli.run("-p", "hi");
        assertEquals(0, result.code());
        assertTrue(result.err().contains("~/.claude/settings.json: model: it must be a text"));
        assertTrue(result.err().contains(".claude/settings.json: not valid JSON"), result.err());
    }

    @Test
    void anUnknownSourceIsRefused(@TempDir Path root) {
        var result = Cli.in(root).run("-p", "hi", "--setting-sources", "user,team");
        assertEquals(1, result.code());
        assertTrue(result.err().contains("team"));
    }

    @Test
    void showsWhereEachSettingComesFrom(@TempDir Path root) {
        var cli =
                user(root, "{\"model\":\"m\",\"env\":{\"API_KEY\":\"secret\"}}")
                        .write(".claude/settings.json", ALLOWS);
        var out = cli.run("settings").out();
        assertTrue(out.contains("model = \"m\"  (~/.claude/settings.json)"), out);
        assertTrue(out.contains("not trusted: .claude/settings.json: permissions.allow"), out);
        assertFalse(out.contains("secret"), out);
        var json = Cli.object(cli.run("settings", "--json", "--trust").out());
        assertEquals("m", ((java.util.Map<?, ?>) json.get("effective")).get("model"));
    }

    @Test
    void checksAFile(@TempDir Path root) {
        var cli =
                Cli.in(root)
                        .write("a.json", "{\"permissions\":{\"allow\":[\"Bash(\"]}}")
                        .write("b.json", "{}");
        var bad = cli.run("settings", "check", "a.json");
        assertEquals(1, bad.code());
        assertTrue(
                bad.out().contains("a.json: permissions.allow[0]: \"Bash(\" is not a rule"),
                bad.out());
        assertEquals(0, cli.run("settings", "check", "b.json").code());
        assertEquals(1, cli.run("settings", "check", "c.json").code());
    }

    @Test
    void listsWhatIsTrusted(@TempDir Path root) {
        var cli = Cli.in(root).write(".claude/settings.json", ALLOWS);
        assertEquals("", cli.run("trust", "--list").out());
        cli.run("trust");
        var out = cli.run("trust", "--list").out();
        assertTrue(out.startsWith(cli.directory().toString()), out);
        assertTrue(out.contains("  .claude/settings.json"), out);
        assertEquals(1, cli.run("trust", "nowhere").code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hooks\":{\"Bogus\":[]}} | hooks.Bogus is not an event",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"prompt\"}]}]}} | hooks.Stop[0].hooks[0].type is \"prompt\"",
                "{\"hooks\":{\"Stop\":[{\"matcher\":\"(\",\"hooks\":[]}]}} | hooks.Stop[0].matcher is no matcher",
                "{\"sandbox\":{\"network\":{\"socksProxyPort\":1}}} | sandbox.network.socksProxyPort: this is not supported",
                "{\"permissions\":{\"allow\":[\"Bash(\"]}} | permissions.allow[0]: \"Bash(\" is not a rule"
            })
    void aCheckOfAFileFindsWhatARunWouldSay(String text, String problem, @TempDir Path root) {
        var cli = Cli.in(root).write("some.json", text);
        var checked = cli.run("settings", "check", "some.json");
        assertEquals(1, checked.code());
        assertTrue(checked.out().startsWith("error: some.json: " + problem), checked.out());
        assertEquals(1, checked.out().lines().count(), checked.out());

        cli.write(".claude/settings.json", text);
        var shown = cli.run("settings", "--trust");
        assertEquals(0, shown.code());
        assertTrue(shown.err().contains(".claude/settings.json: " + problem), shown.err());
    }
}
