package dev.bowline.tools.shell;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTest extends BashCase {
    private String start(String command, Object... more) throws Exception {
        var fields = new Object[4 + more.length];
        fields[0] = "command";
        fields[1] = command;
        fields[2] = "run_in_background";
        fields[3] = true;
        System.arraycopy(more, 0, fields, 4, more.length);
        var result = context.call("Bash", fields);
        assertFalse(result.isError(), result.text());
        return (String) result.structured().asMap().get("backgroundTaskId");
    }

    private static Object task(ToolResult result, String key) {
        return ((Map<?, ?>) result.structured().asMap().get("task")).get(key);
    }

    @Test
    void returnsAtOnceAndTheOutputIsThereInTheEnd() throws Exception {
        var id = start("echo one; echo two >&2; exit 4");
        var result = context.call("TaskOutput", "task_id", id);
        assertEquals("success", result.structured().asMap().get("retrieval_status"));
        assertEquals("failed", task(result, "status"));
        assertEquals(4L, task(result, "exitCode"));
        assertEquals("one\ntwo\n", task(result, "output"));
        assertTrue(result.text().contains("failed, exit code 4\none\ntwo\n"));
    }

    @Test
    void pollingDoesNotWait() throws Exception {
        var id = start("sleep 4730");
        var polled = context.call("TaskOutput", "task_id", id, "block", false);
        assertEquals("not_ready", polled.structured().asMap().get("retrieval_status"));
        assertEquals("running", task(polled, "status"));
        var waited = context.call("TaskOutput", "task_id", id, "timeout", 50);
        assertEquals("timeout", waited.structured().asMap().get("retrieval_status"));
    }

    @Test
    void stoppingEndsEverythingItStarted() throws Exception {
        var id = start("sleep 4731 & setsid sleep 4732 & sleep 4733");
        while (!runs("4731") || !runs("4732") || !runs("4733")) {
            Thread.onSpinWait();
        }
        var stopped = context.call("TaskStop", "task_id", id);
        assertEquals("local_bash", stopped.structured().asMap().get("task_type"));
        assertFalse(runs("4731") || runs("4732") || runs("4733"));
        var after = context.call("TaskOutput", "task_id", id);
        assertEquals("killed", task(after, "status"));
        assertTrue(context.call("TaskStop", "shell_id", id).isError());
    }

    @Test
    void closingTheSessionEndsThemAll() throws Exception {
        start("sleep 4734");
        start("trap '' TERM; sleep 4735");
        while (!runs("4734") || !runs("4735")) {
            Thread.onSpinWait();
        }
        context.close();
        assertFalse(runs("4734") || runs("4735"));
        var late = context.call("Bash", "command", "true", "run_in_background", true);
        assertTrue(late.text().contains("session is closed"), late.text());
    }

    @Test
    void theirLifeIsBounded() throws Exception {
        var id = start("sleep 4736", "timeout", 200);
        var result = context.call("TaskOutput", "task_id", id);
        assertEquals("killed", task(result, "status"));
        assertTrue(result.text().contains("its time of"), result.text());
        assertFalse(runs("4736"));
    }

    @Test
    void theirOutputIsBounded() throws Exception {
        var id = start("yes flood-4737");
        var result = context.call("TaskOutput", "task_id", id, "timeout", 30_000);
        assertEquals("killed", task(result, "status"));
        assertTrue(result.text().contains("wrote more than"), result.text().substring(0, 200));
        assertTrue(result.text().length() < 31_000);
        assertFalse(runs("flood-4737"));
    }

    @Test
    void theirNumberIsBounded() throws Exception {
        for (int i = 0; i < Shells.MAX_RUNNING; i++) {
            start("sleep 4738");
        }
        var refused = context.call("Bash", "command", "true", "run_in_background", true);
        assertTrue(refused.text().contains("already 16 background tasks"), refused.text());
    }

    @Test
    void anUnknownTaskIsNamedWithTheOnesThatRun() throws Exception {
        var id = start("sleep 4739");
        var result = context.call("TaskOutput", "task_id", "nope");
        assertTrue(result.isError());
        assertTrue(result.text().contains("\"nope\""), result.text());
        assertTrue(result.text().contains(id + " (sleep 4739)"), result.text());
        assertTrue(context.call("TaskStop").text().contains("task_id"));
    }

    @Test
    void theForegroundGoesOnMeanwhile() throws Exception {
        start("sleep 4740");
        long begun = System.nanoTime();
        assertEquals("here", context.call("Bash", "command", "echo here").text());
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
    }
}
