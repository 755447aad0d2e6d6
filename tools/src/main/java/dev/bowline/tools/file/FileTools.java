package dev.bowline.tools.file;

import dev.bowline.tool.Tool;
import dev.bowline.tools.ToolOptions;
import java.util.List;

/// Read, Write and Edit.
public final class FileTools {
    private FileTools() {}

    public static List<Tool> all(ToolOptions options) {
        return List.of(new Read(), new Write(options), new Edit(options));
    }
}
