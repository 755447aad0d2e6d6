package dev.bowline.project.hook;

import static dev.bowline.project.hook.HookedSession.command;
import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CommandHookTest {
    @TempDir Path folder;
    private HookedSession it;

    @BeforeEach
    void begin() {
        it = new HookedSession(folder);
    }

    static String says(String event, String own) {
        return "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"" + event + "\"," + own + "}}'";
    }

    @Test
    void aProgramGetsTheEventAndTheFolderButNoCredentials() throws Exception {
        it.environment.put("ANTHROPIC_API_KEY", "secret");
        it.environment.put("MY_TOKEN", "secret");
        it.environment.put("LANG", "C");
        it.ask(command("PreToolUse", "cat > in.json; env > env.txt; pwd > cwd.txt", ""));
        var input = Json.parse(it.file("in.json")).asMap();
        assertEquals("PreToolUse", input.get("hook_event_name"));
        assertEquals("Bash", input.get("tool_name"));
        assertEquals(Map.of("command", "git status"), input.get("tool_input"));
        assertEquals(folder.toRealPath().toString(), it.file("cwd.txt"));
        var environment = it.file("env.txt");
        assertTrue(environment.contains("CLAUDE_PROJECT_DIR=" + folder));
        assertTrue(environment.contains("CLAUDECODE=1"));
        assertTrue(environment.contains("LANG=C"));
        assertFalse(environment.contains("secret"));
        assertEquals(List.of("git status"), List.copyOf(it.ran));
        assertEquals(List.of("PreToolUse success 0"), List.copyOf(it.watched));
    }

    @Test
    void exitCode2RefusesTheCallAndTellsTheModelWhy() throws Exception {
        assertEquals("done", it.ask(command("PreToolUse", "echo no entry >&2; exit 2", "")));
        assertEquals(
                "PreToolUse:Bash hook error: [echo no entry >&2; exit 2]: no entry", it.result());
        assertTrue(it.ran.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    exit 1
                    exit 127
                    no-such-program-at-all
                    echo '{"continue":5}'
                    echo '{broken'
                    kill -9 $$
                    echo plain words
                    true
                    """)
    void aProgramThatFailsOrSaysNothingChangesNothing(String line) throws Exception {
        assertEquals("done", it.ask(command("PreToolUse", line, "")));
        assertEquals("ran git status", it.result());
    }

    @ParameterizedTest
    @CsvSource({"exit 1", "no-such-program-at-all", "kill -9 $$", "sleep 30"})
    void aProgramThatMustNotFailRefusesWhenItDoes(String line) throws Exception {
        it.ask(command("PreToolUse", line, ",\"onFailure\":\"block\",\"timeout\":0.5"));
        assertTrue(it.result().startsWith("PreToolUse:Bash hook error:"), it.result());
        assertTrue(it.ran.isEmpty());
    }

    @Test
    void withArgumentsNoShellLooksAtThem() throws Exception {
        var json =
                "{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"/bin/sh\",\"args\":[\"-c\",\"echo \\\"$1\\\" > out\",\"x\",\"$HOME; a b\"]}]}]}";
        it.ask(json);
        assertEquals("$HOME; a b", it.file("out"));
    }

    @Test
    void aLongOutputIsReadAsFarAsItMatters() throws Exception {
        it.ask(
                command(
                        "PreToolUse",
                        "head -c 3000000 /dev/zero | tr '\\\\0' x; echo no >&2; exit 2",
                        ""));
        assertTrue(it.result().endsWith(": no"));
    }

    @Test
    void aProgramMayNotReadItsInput() throws Exception {
        it.model =
                ScriptedModel.saying(
                        call("Bash", "{\"command\":\"" + "x".repeat(200_000) + "\"}"),
                        text("done"));
        assertEquals("done", it.ask(command("PreToolUse", "exit 0", "")));
    }

    @Test
    void theSameHandlerRunsOnceForAnEventHoweverOftenItIsNamed() throws Exception {
        var one = "{\"type\":\"command\",\"command\":\"echo x >> log\"}";
        it.ask(
                "{\"PreToolUse\":[{\"matcher\":\"Bash\",\"hooks\":["
                        + one
                        + ","
                        + one
                        + "]},{\"matcher\":\"*\",\"hooks\":["
                        + one
                        + "]}]}");
        assertEquals("x", it.file("log"));
    }

    @Test
    void onceMeansOnceInASession() throws Exception {
        it.model =
                ScriptedModel.saying(
                        call("Bash", "{\"command\":\"a\"}"),
                        call("Bash", "{\"command\":\"b\"}"),
                        text("done"));
        it.ask(command("PreToolUse", "echo x >> log", ",\"once\":true"));
        assertEquals("x", it.file("log"));
        assertEquals(List.of("a", "b"), List.copyOf(it.ran));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Bash(git *)      | git status | x
                    Bash(git status) | git status | x
                    Bash             | ls         | x
                    Bash(*)          | ls         | x
                    Bash(npm *)      | git status | ''
                    Edit(*.ts)       | git status | ''
                    Bash(            | git status | x
                    """)
    void aRuleSaysForWhichCallsAHandlerRuns(String rule, String line, String log) throws Exception {
        it.model =
                ScriptedModel.saying(call("Bash", "{\"command\":\"" + line + "\"}"), text("done"));
        var json =
                "{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"echo x >> log\",\"if\":\""
                        + rule
                        + "\"}]}]}";
        try (var agent =
                dev.bowline.Agent.of(
                        it.model,
                        a ->
                                a.tools(it.shell())
                                        .allow("Bash")
                                        .hooks(
                                                HookConfig.parse(Json.parse(json), "s")
                                                        .hooks(it.place())
                                                        .toArray(dev.bowline.hook.Hook[]::new)))) {
            agent.ask("go");
        }
        assertEquals(log, it.file("log"));
    }

    @Test
    void aRuleKeepsAHandlerFromEventsThatAreNoCalls() throws Exception {
        it.ask(command("Stop", "echo x >> log", ",\"if\":\"Bash(git *)\""));
        assertEquals("", it.file("log"));
    }

    @Test
    void inputThatAHookChangesIsDecidedAnew() throws Exception {
        it.options = a -> a.allow("Bash").deny("Bash(rm *)");
        it.ask(
                command(
                        "PreToolUse",
                        says(
                                "PreToolUse",
                                "\"permissionDecision\":\"allow\",\"updatedInput\":{\"command\":\"rm x\"}"),
                        ""));
        assertTrue(it.ran.isEmpty());
        assertTrue(it.result().contains("Bash"), it.result());
    }

    @Test
    void aHookMayAllowWhatWouldBeAskedAboutButNotWhatARuleAsksAbout() throws Exception {
        var yes = command("PreToolUse", says("PreToolUse", "\"permissionDecision\":\"allow\""), "");
        it.options = a -> {};
        it.ask(yes);
        assertEquals(List.of("git status"), List.copyOf(it.ran));
        var second = new HookedSession(folder);
        second.options = a -> a.ask("Bash(git *)");
        second.ask(yes);
        assertTrue(second.ran.isEmpty());
    }

    @Test
    void aHookMayAskAndThenAPersonDecides() throws Exception {
        var asked = new ArrayList<String>();
        it.options =
                a ->
                        a.allow("Bash")
                                .approver(request -> {
                                    asked.add(request.reason());
                                    return new Decision.Allow("ok");
                                });
        it.ask(
                command(
                        "PreToolUse",
                        says(
                                "PreToolUse",
                                "\"permissionDecision\":\"ask\",\"permissionDecisionReason\":\"sure?\""),
                        ""));
        assertEquals(List.of("hook: sure?"), asked);
        assertEquals(List.of("git status"), List.copyOf(it.ran));
    }

    @Test
    void plainTextIsContextForPromptsAndTheStartOnly() throws Exception {
        it.ask(command("UserPromptSubmit", "echo It is Friday.", ""));
        assertEquals(
                "go<system-reminder>\nUserPromptSubmit hook additional context: It is Friday.\n</system-reminder>",
                it.told(0));
        var start = new HookedSession(folder);
        start.ask(command("SessionStart", "echo Welcome.", ""));
        assertTrue(start.told(0).contains("SessionStart hook additional context: Welcome."));
        var stop = new HookedSession(folder);
        assertEquals("done", stop.ask(command("Stop", "echo words", "")));
        assertEquals(2, stop.model.requests().size());
    }

    @Test
    void aLongNoteIsKeptInAFileAndShownByItsBeginning() throws Exception {
        it.ask(command("UserPromptSubmit", "head -c 12000 /dev/zero | tr '\\\\0' x", ""));
        var told = it.told(0);
        assertTrue(told.length() < 4_000, told);
        assertTrue(told.contains("Output too large (12000 characters). Full output saved to: "));
    }

    @Test
    void whatHooksSayAfterACallReachesTheModel() throws Exception {
        it.ask(command("PostToolUse", "echo lint >&2; exit 2", ""));
        assertTrue(
                it.told(1)
                        .contains(
                                "PostToolUse:Bash hook blocking error: [echo lint >&2; exit 2]: lint"),
                it.told(1));
        var other = new HookedSession(folder);
        other.ask(
                command("PostToolUse", says("PostToolUse", "\"updatedToolOutput\":\"other\""), ""));
        assertEquals("other", other.result());
    }

    @Test
    void aStopHookSendsTheModelBackToWork() throws Exception {
        it.model = ScriptedModel.saying(text("finished"), text("tested"));
        var line = "[ -f done ] && exit 0; touch done; echo test first >&2; exit 2";
        assertEquals("tested", it.ask(command("Stop", line, "")));
        assertEquals("Stop hook feedback:\n[" + line + "]: test first", it.told(1));
    }

    @Test
    void aDeferredCallIsMadeInTheNextTurnWhenTheHookLetsIt() throws Exception {
        it.defers = true;
        var line =
                "[ -f allowed ] && exit 0; touch allowed; "
                        + says("PreToolUse", "\"permissionDecision\":\"defer\"");
        try (var agent = it.agent(command("PreToolUse", line, ""));
                var session = agent.open()) {
            var first = session.prompt("go").await();
            var put = assertInstanceOf(Outcome.Deferred.class, first);
            assertEquals("Bash", put.tool());
            assertEquals(1, session.state().pending().size());
            assertTrue(it.ran.isEmpty());
            assertInstanceOf(Outcome.Completed.class, session.prompt("go on").await());
            assertEquals("ran git status", it.result());
            assertEquals(2, it.model.requests().size());
            assertTrue(it.told(1).contains("go on"));
        }
    }

    @Test
    void aCallIsNotDeferredBesideOthersOrWhereNobodyComesBack() throws Exception {
        var defer = says("PreToolUse", "\"permissionDecision\":\"defer\"");
        assertEquals("done", it.ask(command("PreToolUse", defer, "")));
        assertTrue(it.ran.isEmpty());
        assertTrue(
                it.events.stream().anyMatch(event -> event instanceof Event.PermissionAsked),
                it.result());
    }

    @Test
    void compactionMayBeBlockedAndTheSessionGoesOn() throws Exception {
        it.model = ScriptedModel.saying(text("one"), text("two"));
        try (var agent = it.agent(command("PreCompact", "echo not now >&2; exit 2", ""));
                var session = agent.open()) {
            session.prompt("go").await();
            var refused =
                    org.junit.jupiter.api.Assertions.assertThrows(
                            dev.bowline.error.BowlineException.class, () -> session.compact(""));
            assertTrue(
                    refused.getMessage().startsWith("Compaction blocked by PreCompact hook: ["),
                    refused.getMessage());
            session.prompt("go on").await();
        }
        assertEquals(2, it.model.requests().size());
    }

    @Test
    void hooksHearOfACompaction() throws Exception {
        it.model = ScriptedModel.saying(text("one"), text("summary"));
        var log = "\"command\":\"cat >> log; echo >> log\"";
        var handler = "[{\"hooks\":[{\"type\":\"command\"," + log + "}]}]";
        var start = "[{\"matcher\":\"compact\",\"hooks\":[{\"type\":\"command\"," + log + "}]}]";
        try (var agent =
                        it.agent(
                                "{\"PreCompact\":"
                                        + handler
                                        + ",\"PostCompact\":"
                                        + handler
                                        + ",\"SessionStart\":"
                                        + start
                                        + "}");
                var session = agent.open()) {
            session.prompt("go").await();
            session.compact("names");
        }
        var told = it.file("log").lines().filter(line -> !line.isBlank()).map(Json::parse).toList();
        assertEquals(
                List.of("PreCompact", "SessionStart", "PostCompact"),
                told.stream().map(one -> one.asMap().get("hook_event_name")).toList());
        assertEquals("names", told.getFirst().asMap().get("custom_instructions"));
        assertEquals("manual", told.getFirst().asMap().get("trigger"));
        assertNull(told.get(1).asMap().get("trigger"));
    }

    @Test
    void anotherModelMayBeRefused() throws Exception {
        it.model = ScriptedModel.saying(text("one"));
        try (var agent = it.agent(command("PreModelSwitch", "echo too dear >&2; exit 2", ""));
                var session = agent.open()) {
            session.prompt("go").await();
            var refused =
                    org.junit.jupiter.api.Assertions.assertThrows(
                            dev.bowline.error.BowlineException.class,
                            () -> session.model("big-one"));
            assertEquals(dev.bowline.error.ErrorCode.MODEL_SWITCH_REFUSED, refused.code());
            assertEquals("default", session.state().model());
        }
    }
}
