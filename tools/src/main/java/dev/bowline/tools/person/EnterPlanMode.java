package dev.bowline.tools.person;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Schema;
import java.util.List;
import java.util.Map;

/// The tool `EnterPlanMode`: from now on the session only reads, until a plan is approved. The
/// structured result has `message`.
public final class EnterPlanMode implements Tool {
    private static final String MESSAGE =
            "The session is in plan mode now: look around and work out a plan.";

    private final ToolDefinition definition =
            new ToolDefinition(
                    "EnterPlanMode",
                    "Begins planning: you read and think, change nothing, and hand the plan in with ExitPlanMode. For work that should be agreed on first.",
                    Schema.object().build());

    @Override
    public ToolDefinition definition() {
        return definition;
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
        Planning.of(context).enter(context.permissionMode());
        context.permissionMode(Planning.PLAN);
        return ToolResult.of(
                MESSAGE
                        + " Change nothing yet. Ask with AskUserQuestion where only the person can decide, and hand the plan in with ExitPlanMode.",
                Json.of(Map.of("message", MESSAGE)));
    }
}
