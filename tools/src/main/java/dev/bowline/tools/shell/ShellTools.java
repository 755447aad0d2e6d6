package dev.bowline.tools.shell;

import dev.bowline.tool.Tool;
import dev.bowline.tools.ToolOptions;
import java.util.List;

/// Bash and the tools for its background tasks.
public final class ShellTools {
    private ShellTools() {}

    public static List<Tool> all(ToolOptions options) {
        return List.of(new Bash(options), new TaskOutput(), new TaskStop());
    }
}
