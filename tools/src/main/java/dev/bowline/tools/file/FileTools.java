package dev.bowline.tools.file;

import dev.bowline.tool.Tool;
import dev.bowline.tools.option.ToolOptions;
import java.util.List;

/// Read, Write, Edit and NotebookEdit.
public final class FileTools {
    private FileTools() {}

    public static List<Tool> all(ToolOptions options) {
        return List.of(new Read(), new Write(options), new Edit(options), new NotebookEdit());
    }
}
