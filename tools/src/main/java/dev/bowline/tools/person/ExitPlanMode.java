package dev.bowline.tools.person;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Effect;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The tool `ExitPlanMode`: hands a plan in. It runs once a person has approved it; then the mode
/// is the one before planning, unless the approval has chosen another. The plan is kept as
/// `plan.md` in the session's folder. The structured result has `plan` (or null), `isAgent`,
/// `filePath`, and `planWasEdited` if the person changed it.
public final class ExitPlanMode implements PersonTool {
    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{"plan":{"type":"string","description":"The plan, in Markdown: what will be done, in order"},
                    "allowedPrompts":{"type":"array","items":{"type":"object"},"description":"Not used"}}}\
                    """);

    private final ToolDefinition definition =
            new ToolDefinition(
                    "ExitPlanMode",
                    "Hands in your plan and ends planning when the person approves it. Only in plan mode, and only once the plan is complete.",
                    SCHEMA);

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return Effect.WRITE;
    }

    /// An approval may have ended planning by the time that a changed input is looked at.
    @Override
    public Optional<String> validate(Json input, ToolContext context) {
        var planning = Planning.of(context);
        if (planning.isKnown(context.toolUseId())) {
            return Optional.empty();
        }
        if (!context.permissionMode().equals(Planning.PLAN)) {
            return Optional.of(
                    "The session is not in plan mode; if your plan was approved already, go on with the work, else call EnterPlanMode first.");
        }
        planning.handIn(context.toolUseId(), Input.of(input).text("plan"));
        return Optional.empty();
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws IOException {
        var problem = validate(input, context);
        if (problem.isPresent()) {
            return ToolResult.failure(problem.get());
        }
        var planning = Planning.of(context);
        var plan = Input.of(input).text("plan");
        boolean edited = !planning.take(context.toolUseId()).orElse(plan).equals(plan);
        var mode = planning.leave();
        if (context.permissionMode().equals(Planning.PLAN)) {
            context.permissionMode(mode);
        }
        var file = context.resultsDirectory().resolve("plan.md");
        var structured = new LinkedHashMap<String, Object>();
        structured.put("plan", plan.isBlank() ? Json.NULL : plan);
        structured.put("isAgent", false);
        structured.put("filePath", file.toString());
        if (edited) {
            structured.put("planWasEdited", true);
        }
        if (plan.isBlank()) {
            return ToolResult.of("Planning has ended; go on.", Json.of(structured));
        }
        Files.writeString(file, plan);
        return ToolResult.of(
                "The plan is approved"
                        + (edited ? ", with changes by the person" : "")
                        + "; carry it out. It is kept in "
                        + file
                        + (edited ? "\n\n" + plan : ""),
                Json.of(structured));
    }
}
