package dev.bowline.project.hook;

import static dev.bowline.project.hook.CommandHookTest.says;
import static dev.bowline.project.hook.HookedSession.command;
import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.hook.HookEvent;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long programs of hooks live, and what ends them.
@Timeout(60)
class HookProcessTest {
    @TempDir Path folder;
    private HookedSession it;

    @BeforeEach
    void begin() {
        it = new HookedSession(folder);
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithItsChildrenAndHasNoSay() throws Exception {
        var line = "(sleep 30; touch late) & echo $! > child; sleep 30; exit 2";
        assertEquals("done", it.ask(command("PreToolUse", line, ",\"timeout\":0.5")));
        assertEquals("ran git status", it.result());
        while (it.watched.isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("PreToolUse cancelled null"), List.copyOf(it.watched));
        gone(it.file("child"));
    }

    private static void gone(String id) throws Exception {
        var child = ProcessHandle.of(Long.parseLong(id));
        if (child.isPresent()) {
            child.get().onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    @Test
    void interruptingTheTurnEndsTheProgram() throws Exception {
        var json = command("PreToolUse", "echo $$ > pid; exec sleep 30", "");
        try (var agent = it.agent(json);
                var session = agent.open()) {
            var turn = session.prompt("go");
            while (it.file("pid").isEmpty()) {
                Thread.onSpinWait();
            }
            turn.interrupt();
            assertEquals(new Outcome.Interrupted("user"), turn.await());
        }
        gone(it.file("pid"));
        assertTrue(it.ran.isEmpty());
    }

    @Test
    void aChildThatOutlivesTheProgramKeepsNobodyWaiting() throws Exception {
        long began = System.nanoTime();
        it.ask(command("PreToolUse", "sleep 20 & echo $! > child", ""));
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 15);
        ProcessHandle.of(Long.parseLong(it.file("child")))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aProgramThatGoesOnAloneIsHeardWithTheNextRequest() throws Exception {
        it.model =
                ScriptedModel.answering(request ->
                        request.messages().toString().contains("LATE")
                                        || request.messages().size() > 200
                                ? text("done")
                                : call("Bash", "{\"command\":\"a\"}"));
        it.options = a -> a.allow("Bash").maxTurns(5_000);
        var line =
                "[ -f begun ] && exit 0; touch begun; echo '{\"async\":true}'; "
                        + says("PreToolUse", "\"additionalContext\":\"LATE\"");
        assertEquals("done", it.ask(command("PreToolUse", line, "")));
        assertTrue(it.model.requests().getLast().messages().toString().contains("LATE"));
    }

    @Test
    void aHandlerThatIsCalledAsyncRefusesNothing() throws Exception {
        assertEquals("done", it.ask(command("PreToolUse", "exit 2", ",\"async\":true")));
        assertEquals("ran git status", it.result());
    }

    @Test
    void whatGoesOnAloneEndsWithTheSession() throws Exception {
        it.ask(command("PreToolUse", "echo $$ > pid; exec sleep 30", ",\"async\":true"));
        if (!it.file("pid").isEmpty()) {
            gone(it.file("pid"));
        }
    }

    @Test
    void noFolderOfAHookIsLeftBehind() throws Exception {
        var before = folders();
        it.ask(command("PreToolUse", "echo x", ""));
        assertEquals(before, folders());
    }

    private static long folders() throws Exception {
        var temp = Path.of(System.getProperty("java.io.tmpdir"));
        try (var all = Files.newDirectoryStream(temp, "bowline-hook-*")) {
            long count = 0;
            for (var one : all) {
                count++;
            }
            return count;
        }
    }

    @Test
    void whenASessionEndsHooksHaveASecondAndAHalf() {
        var hooks = it.hooks(command("SessionEnd", "true", ""));
        assertEquals(Duration.ofMillis(1_500), hooks.getFirst().timeout().orElseThrow());
        var longer = it.hooks(command("SessionEnd", "true", ",\"timeout\":600"));
        assertEquals(Duration.ofSeconds(60), longer.getFirst().timeout().orElseThrow());
        var prompt = it.hooks(command("UserPromptSubmit", "true", ""));
        assertEquals(Duration.ofSeconds(30), prompt.getFirst().timeout().orElseThrow());
        var call = it.hooks(command("PreToolUse", "true", ""));
        assertEquals(Duration.ofMinutes(10), call.getFirst().timeout().orElseThrow());
        assertFalse(call.getFirst().blocksOnFailure(Events.call("Bash")));
        assertFalse(call.getFirst().matches(new HookEvent.Stop("s", false, "")));
    }
}
