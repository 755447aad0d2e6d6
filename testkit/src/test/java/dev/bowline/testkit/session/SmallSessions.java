package dev.bowline.testkit.session;

import dev.bowline.Agent;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;

/// Two small tools, one that reads and one that writes, and agents that have them.
abstract class SmallSessions {
    @ToolInput(name = "look", description = "Looks.", effect = Effect.READ)
    record Look(@Describe("what") String what) {}

    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    final Tool look =
            Tool.of(Look.class, (input, context) -> ToolResult.text("saw " + input.what()));

    final Tool change =
            Tool.of(Change.class, (input, context) -> ToolResult.text("changed " + input.what()));

    static Agent agent(ScriptedModel model, Tool... tools) {
        return Agent.of(model, a -> a.tools(tools).allow("look", "change"));
    }
}
