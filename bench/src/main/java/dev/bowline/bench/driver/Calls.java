package dev.bowline.bench.driver;

import dev.bowline.tool.Tool;
import dev.bowline.tools.BuiltinTools;

/// The tool that the tools mode calls: `noop`, or with `tool=bash` the real Bash tool.
final class Calls {
    private Calls() {}

    /// The call as keys of the fake service's scenario.
    ///
    /// @throws IllegalArgumentException for a tool that the benchmark doesn't know
    static String of(String tool) {
        return switch (tool) {
            case "noop" -> "name=noop input={\"x\":\"a\"}";
            case "bash" -> "name=Bash input={\"command\":\"true\"}";
            default ->
                    throw new IllegalArgumentException(
                            "unknown tool=" + tool + "; use noop or bash");
        };
    }

    /// What the agent needs besides `noop`.
    static Tool[] tools(Arguments arguments) {
        return arguments.text("tool", "noop").equals("bash")
                ? BuiltinTools.all().stream()
                        .filter(tool -> tool.name().equals("Bash"))
                        .toArray(Tool[]::new)
                : new Tool[0];
    }
}
