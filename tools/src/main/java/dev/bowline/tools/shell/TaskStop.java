package dev.bowline.tools.shell;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import java.util.LinkedHashMap;
import java.util.List;

/// Ends a background task with all its processes.
final class TaskStop implements Tool {
    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "TaskStop",
                    "Ends a background task and everything it started.",
                    Schema.object()
                            .optional("task_id", "string", "The id that Bash returned.")
                            .optional("shell_id", "string", "Older name of task_id.")
                            .build());

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Effect effect() {
        return Effect.WRITE;
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return List.of(new Access.Session());
    }

    @Override
    public ToolResult call(Json input, ToolContext context) {
        var in = Input.of(input);
        var id = in.optionalText("task_id").orElseGet(() -> in.text("shell_id"));
        if (id.isBlank()) {
            return ToolResult.failure(
                    ErrorCode.TOOL_INPUT_INVALID,
                    "required field \"task_id\" is missing; give the id of a background task");
        }
        var shells = Shells.of(context);
        var task = shells.find(id).orElse(null);
        if (task == null) {
            return ToolResult.failure(
                    "<tool_use_error>" + TaskOutput.unknown(id, shells) + "</tool_use_error>");
        }
        if (task.isOver()) {
            return ToolResult.failure(
                    "Task " + id + " is already over; read its output with TaskOutput.");
        }
        task.stop("TaskStop was called", true);
        var message = "Stopped task " + id + " (" + task.command() + ")";
        var structured = new LinkedHashMap<String, Object>();
        structured.put("message", message);
        structured.put("task_id", id);
        structured.put("task_type", "local_bash");
        structured.put("command", task.command());
        return ToolResult.of(message, Json.of(structured));
    }
}
