package dev.bowline.bench;

import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;

/// The input of a tool that does nothing and says `ok`.
@ToolInput(name = "noop", description = "Does nothing", effect = Effect.READ)
public record Noop(String x) {
    public static Tool tool() {
        return Tool.of(Noop.class, (input, context) -> ToolResult.text("ok"));
    }
}
