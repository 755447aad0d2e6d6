package dev.bowline.tools.shell;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Reads the output of a background task, waiting for its end if asked to.
final class TaskOutput implements Tool {
    private static final long DEFAULT_WAIT_MS = 30_000;
    private static final long MAX_WAIT_MS = 600_000;
    private static final int MAX_CHARS = 30_000;

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "TaskOutput",
                    "Returns the state and the latest output of a background task, by default after waiting for its end.",
                    Schema.object()
                            .required("task_id", "string", "The id that Bash returned.")
                            .optional(
                                    "block",
                                    "boolean",
                                    "Whether to wait for the end; true when missing.")
                            .optional(
                                    "timeout",
                                    "integer",
                                    "How long to wait, in milliseconds: at most 600000, 30000 when missing.")
                            .build());

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return Duration.ZERO;
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return List.of(new Access.Session());
    }

    @Override
    public ToolResult call(Json input, ToolContext context)
            throws InterruptedException, IOException {
        var in = Input.of(input);
        var shells = Shells.of(context);
        var task = shells.find(in.text("task_id")).orElse(null);
        if (task == null) {
            return ToolResult.failure(unknown(in.text("task_id"), shells));
        }
        long wait = Math.clamp(in.number("timeout").orElse(DEFAULT_WAIT_MS), 0, MAX_WAIT_MS);
        boolean block = in.flagOrTrue("block");
        boolean over = task.await(Duration.ofMillis(block ? wait : 0));
        return report(task, over ? "success" : block ? "timeout" : "not_ready");
    }

    static String unknown(String id, Shells shells) {
        var running =
                shells.all().stream()
                        .filter(task -> !task.isOver())
                        .map(task -> task.id() + " (" + task.command() + ")")
                        .toList();
        return "There is no task \""
                + id
                + "\"; running are: "
                + (running.isEmpty() ? "none" : String.join(", ", running))
                + ".";
    }

    private static ToolResult report(BackgroundTask task, String retrieval) throws IOException {
        var output = output(task);
        var status = task.status().name().toLowerCase(Locale.ROOT);
        var about = new LinkedHashMap<String, Object>();
        about.put("task_id", task.id());
        about.put("task_type", "local_bash");
        about.put("status", status);
        about.put("description", task.description());
        about.put("output", output);
        var code = task.exitCode();
        if (code != null) {
            about.put("exitCode", code);
        }
        var structured = new LinkedHashMap<String, Object>();
        structured.put("retrieval_status", retrieval);
        structured.put("task", about);
        var reason = task.reason();
        return ToolResult.of(
                "Task "
                        + task.id()
                        + ": "
                        + status
                        + (code == null ? "" : ", exit code " + code)
                        + (reason == null ? "" : ", ended because " + reason)
                        + "\n"
                        + (output.isEmpty() ? "(no output so far)" : output),
                Json.of(structured));
    }

    private static String output(BackgroundTask task) throws IOException {
        return latest(task.output());
    }

    private static String latest(java.nio.file.Path file) throws IOException {
        var text = OutputText.clean(OutputText.tail(file, MAX_CHARS));
        return RunningCommand.size(file) > MAX_CHARS && text.length() == MAX_CHARS
                ? "(the end of "
                        + RunningCommand.size(file)
                        + " bytes; all of it: "
                        + file
                        + ")\n"
                        + text
                : text;
    }
}
