package dev.bowline.tools.shell;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.error.ErrorCode;
import dev.bowline.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What ends a command, and what is left of it then.
@Timeout(60)
class BashEndsTest extends BashCase {
    @Test
    void theTimeoutEndsTheWholeGroup() throws Exception {
        var result =
                context.call(
                        ENDING,
                        "Bash",
                        "command",
                        "echo started; sleep 4711.1 & sleep 4711.2; echo never",
                        "timeout",
                        1000);
        assertTrue(result.isError());
        assertEquals(ErrorCode.TOOL_TIMEOUT, ((ToolResult.Failure) result).code());
        assertTrue(
                result.text().startsWith("Exit code 143\nCommand timed out after 1s"),
                result.text());
        assertTrue(result.text().contains("started"), result.text());
        assertEquals(143L, structured(result, "exitCode"));
        assertEquals(1000L, structured(result, "timedOutAfterMs"));
        assertFalse(runs("4711.1"));
        assertFalse(runs("4711.2"));
    }

    @Test
    void whatIgnoresTermOrMovesAwayIsEndedToo() throws Exception {
        var command =
                "trap '' TERM; (trap '' TERM; setsid sleep 4712.1 & env -i setsid sleep 4712.2 & sleep 4712.3); sleep 4712.4";
        var result = context.call(ENDING, "Bash", "command", command, "timeout", 700);
        assertTrue(result.isError());
        for (int i = 1; i <= 4; i++) {
            assertFalse(runs("4712." + i), "sleep 4712." + i);
        }
    }

    @Test
    void aTimedOutCommandGoesOnInTheBackground() throws Exception {
        var result =
                context.call(
                        "Bash",
                        "command",
                        "echo early; read -t 1 <> <(:); echo late",
                        "timeout",
                        300);
        assertFalse(result.isError(), result.text());
        assertTrue(result.text().startsWith("early\nCommand timed out after"), result.text());
        var id = structured(result, "backgroundTaskId");
        var later = context.call("TaskOutput", "task_id", id);
        assertTrue(later.text().contains("completed, exit code 0\nearly\nlate"), later.text());
    }

    @Test
    void lonelySleepsAreEndedAtTheTimeout() throws Exception {
        assertTrue(context.call("Bash", "command", "sleep 4713", "timeout", 200).isError());
        assertFalse(runs("4713"));
    }

    @Test
    void anInterruptEndsTheCommand() throws Exception {
        var thrown = new AtomicReference<Throwable>();
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                bash("touch started; sleep 4714");
                            } catch (Throwable e) {
                                thrown.set(e);
                            }
                        });
        while (!Files.exists(context.projectDirectory().resolve("started"))) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        assertInstanceOf(InterruptedException.class, thrown.get());
        assertFalse(runs("4714"));
    }

    @Test
    void childrenThatHoldTheOutputDoNotHoldTheCall() throws Exception {
        long start = System.nanoTime();
        var result = bash("sleep 4715 & (setsid sleep 4716 &) ; echo done");
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
        assertEquals("done", result.text());
        assertTrue(runs("4715"));
        context.close();
        assertFalse(runs("4715"));
        assertFalse(runs("4716"));
    }

    @Test
    void aFloodIsEndedAndKeptUpToTheLimit() throws Exception {
        var result = bash("yes flood-4717");
        assertTrue(result.isError());
        assertTrue(
                result.text().startsWith("Command was ended because it wrote more than 67108864"),
                result.text().substring(0, 100));
        assertTrue(result.text().length() < 12_000);
        assertFalse(runs("flood-4717"));
        try (var files = Files.list(context.resultsDirectory())) {
            for (var file : files.toList()) {
                assertTrue(Files.size(file) <= Bash.MAX_OUTPUT_BYTES, file.toString());
            }
        }
    }

    @Test
    void aFloodOfALeftoverIsEnded() throws Exception {
        bash("yes flood-4718 & true");
        await(() -> runs("flood-4718"));
        await(() -> !runs("flood-4718"));
    }

    @Test
    void withoutSetsidTheGroupIsEndedToo() throws Exception {
        var launcher = new ShellLauncher(Path.of("/bin/bash"), null);
        var files = RunningCommand.OutputFiles.inFront(context.resultsDirectory(), "fallback");
        var running =
                RunningCommand.start(
                        launcher,
                        "sleep 4719 & touch up; sleep 4720",
                        context.projectDirectory(),
                        context.environment(),
                        "fallback-test:",
                        files,
                        null);
        while (!Files.exists(context.projectDirectory().resolve("up"))) {
            Thread.onSpinWait();
        }
        running.end(Shells.GRACE);
        assertFalse(running.isAlive());
        assertFalse(runs("4719"));
        assertFalse(runs("4720"));
    }

    @Test
    void withoutSetsidTheExitCodeIsTheCommands() throws Exception {
        var launcher = new ShellLauncher(Path.of("/bin/bash"), null);
        var files = RunningCommand.OutputFiles.inFront(context.resultsDirectory(), "fallback");
        var running =
                RunningCommand.start(
                        launcher,
                        "echo hello; exit 7",
                        context.projectDirectory(),
                        context.environment(),
                        "fallback-test:",
                        files,
                        null);
        assertTrue(running.await(Duration.ofSeconds(20)));
        assertEquals(7, running.exitCode());
        assertEquals("hello\n", Files.readString(files.output()));
    }
}
