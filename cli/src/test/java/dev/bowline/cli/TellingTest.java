package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody at a shell is told besides the answer: by hooks, and about calls that did not run.
@Timeout(90)
final class TellingTest {
    private static final String HOOKS =
            """
            {"hooks":{
              "SessionStart":[{"hooks":[{"type":"command","command":"exit 7"}]}],
              "UserPromptSubmit":[{"hooks":[{"type":"command","command":"echo '{\\"systemMessage\\":\\"submitted\\"}'"}]}],
              "PreToolUse":[{"hooks":[{"type":"command","command":"printf %s '{\\"systemMessage\\":\\"first\\\\nsecond\\\\u001b[31m\\"}'"}]}],
              "Stop":[{"hooks":[{"type":"command","command":"echo '{bad'"}]}]}}
            """;

    @TempDir private Path root;

    private Cli.Result touching(String... more) {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(toolUse("Bash", Map.of("command", "touch made")), text("Done.")))) {
            var args = new java.util.ArrayList<>(List.of("-p", "go"));
            args.addAll(List.of(more));
            return Cli.in(root).against(api.baseUrl()).run(args.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void whatHooksSayToTheUserAndThatOneFailedIsOnStandardError(String format) {
        Cli.in(root).write(".claude/settings.json", HOOKS);
        var ran = touching("--trust", "--allowedTools", "Bash", "--output-format", format);
        assertEquals(0, ran.code());
        var said = ran.err();
        assertTrue(
                said.contains("bowline: SessionStart:startup says: SessionStart hook [exit 7]"),
                said);
        assertTrue(said.contains("bowline: UserPromptSubmit says: submitted\n"), said);
        assertTrue(said.contains("bowline: PreToolUse:Bash says: first\nsecond"), said);
        assertTrue(said.contains("bowline: Stop says: Stop hook [echo '{bad']"), said);
        assertEquals(4, said.lines().filter(line -> line.contains(" says: ")).count(), said);
        assertFalse(said.contains("\u001b"), said);
    }

    @Test
    void whatHooksSaidInAnEarlierRunIsNotSaidAgain() {
        Cli.in(root).write(".claude/settings.json", HOOKS);
        touching("--trust", "--allowedTools", "Bash");
        Cli.in(root).write(".claude/settings.json", "{}");
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Again.")))) {
            var again = Cli.in(root).against(api.baseUrl()).run("-p", "go on", "--continue");
            assertEquals("", again.err());
            assertEquals("Again.\n", again.out());
        }
    }

    @Test
    void aFlagIsNamedOnlyWhereItHelps() {
        assertEquals(
                "bowline: 1 call was not allowed (Bash); allow them with --allowedTools or --permission-mode\n",
                touching().err());
        assertEquals(
                "bowline: 1 call was not allowed (Bash); allow them with --allowedTools or --permission-mode\n",
                touching("--permission-mode", "dontAsk").err());
        assertEquals(
                "bowline: 1 call was not allowed (Bash): deny rule Bash(touch *)\n",
                touching("--disallowedTools", "Bash(touch *)").err());
    }

    @Test
    void theOfflineModelNamesNoFlagWhereARuleDenies() {
        var denied =
                Cli.in(root).run("-p", "run `git push`", "--disallowedTools", "Bash(git push *)");
        assertTrue(denied.out().contains("denied by the rule Bash(git push *)"), denied.out());
        assertFalse(denied.out().contains("--allowedTools"), denied.out());
        var open = Cli.in(root).run("-p", "run `git push`");
        assertTrue(open.out().contains("start with --allowedTools"), open.out());
    }

    @Test
    void aHookThatRefusesIsNamed() {
        var hooks =
                "{\"hooks\":{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"echo Not on a Friday. >&2; exit 2\"}]}]}}";
        Cli.in(root).write(".claude/settings.json", hooks);
        var said = touching("--trust", "--allowedTools", "Bash").err();
        assertTrue(said.startsWith("bowline: 1 call was not allowed (Bash): "), said);
        assertTrue(said.contains("Not on a Friday."), said);
        assertFalse(said.contains("--allowedTools"), said);
    }

    @Test
    void aQuestionThatWaitsIsShownAsTheCommandThatItIs() {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(
                                toolUse(
                                        "Bash",
                                        Map.of(
                                                "command",
                                                "touch made\nrm -r old",
                                                "description",
                                                "Tidy up"))))) {
            var cli = Cli.in(root).against(api.baseUrl());
            cli.run("-p", "go", "--approvals", "defer");
            var shown = cli.run("sessions", "approvals").out();
            assertTrue(shown.endsWith(")\n    touch made\n    rm -r old\n"), shown);
        }
    }
}
