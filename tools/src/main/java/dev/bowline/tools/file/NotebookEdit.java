package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Changes one cell of a Jupyter notebook of at most 16 MiB.
final class NotebookEdit extends Changing {
    private static final long MAX_FILE = 16L << 20;

    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{
                    "notebook_path":{"type":"string","description":"The notebook, absolute or relative to the working directory."},
                    "cell_id":{"type":"string","description":"The cell; a new one comes behind it, or first when this is missing."},
                    "new_source":{"type":"string","description":"The cell's new text."},
                    "cell_type":{"type":"string","enum":["code","markdown"],"description":"Needed to insert."},
                    "edit_mode":{"type":"string","enum":["replace","insert","delete"],"description":"replace when missing."}},
                    "required":["notebook_path","new_source"],"additionalProperties":false}\
                    """);

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "NotebookEdit",
                    "Replaces, inserts or deletes one cell of a Jupyter notebook (.ipynb), which has to be read first. The outputs of a changed cell are dropped.",
                    SCHEMA);

    NotebookEdit() {
        super(DEFINITION, "notebook_path");
    }

    @Override
    ToolResult change(Target target, Input in, ToolContext context) throws IOException {
        if (!target.asked().toString().endsWith(".ipynb")) {
            throw new FileProblem(
                    target.asked() + " is no notebook (.ipynb); use Edit for other files.");
        }
        if (!target.exists()) {
            throw new FileProblem("The notebook " + target.asked() + " does not exist.");
        }
        if (target.regular().size() > MAX_FILE) {
            throw new FileProblem(
                    "The notebook "
                            + target.asked()
                            + " is larger than "
                            + MAX_FILE
                            + " bytes; change it with a program.");
        }
        Change.mayOverwrite(target, true, context);
        var before = target.text();
        var cells = Cells.of(before, target);
        var result = edit(cells, in);
        var after = cells.text() + (before.endsWith("\n") ? "\n" : "");
        Change.write(target, after.getBytes(StandardCharsets.UTF_8), context);
        result.put("error", "");
        result.put("notebook_path", target.asked().toString());
        result.put("original_file", Change.repeated(before));
        result.put("updated_file", Change.repeated(after));
        return ToolResult.of(
                "Cell " + result.get("cell_id") + ": " + result.get("edit_mode") + " done.",
                Json.of(result));
    }

    private static Map<String, Object> edit(Cells cells, Input in) throws FileProblem {
        var source = in.text("new_source");
        var id = in.optionalText("cell_id").orElse("");
        var mode = in.optionalText("edit_mode").orElse("replace");
        var type = in.optionalText("cell_type");
        var result = Change.ordered();
        result.put("new_source", source);
        result.put("edit_mode", mode);
        result.put("language", cells.language());
        if (mode.equals("insert")) {
            if (type.isEmpty()) {
                throw new FileProblem("field \"cell_type\" is needed to insert a cell");
            }
            int at = id.isEmpty() ? 0 : cells.find(id) + 1;
            result.put("cell_id", cells.insert(at, source, type.get()));
            result.put("cell_type", type.get());
            return result;
        }
        if (id.isEmpty()) {
            throw new FileProblem("field \"cell_id\" is needed to " + mode + " a cell");
        }
        int at = cells.find(id);
        result.put("cell_id", id);
        result.put("old_source", cells.source(at));
        result.put("cell_type", type.orElse(cells.type(at)));
        if (mode.equals("delete")) {
            cells.delete(at);
        } else {
            cells.replace(at, source, type.orElse(cells.type(at)));
        }
        return result;
    }
}
