package dev.bowline.tools.file;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.input.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// Changes one cell of a Jupyter notebook of at most 16 MiB.
final class NotebookEdit implements Tool {
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
        return Target.decide(Input.of(input).text("notebook_path"), context).stream()
                .<Access>map(Access.Writes::new)
                .toList();
    }

    @Override
    public ToolResult call(Json input, ToolContext context) {
        var in = Input.of(input);
        try {
            var target = Target.of(in.text("notebook_path"), context);
            if (!target.asked().toString().endsWith(".ipynb")) {
                throw new FileProblem(
                        target.asked() + " is no notebook (.ipynb); use Edit for other files.");
            }
            return change(target, in, context);
        } catch (FileProblem e) {
            return Change.refused(e);
        } catch (IOException e) {
            return ToolResult.failure(
                    "Could not change " + in.text("notebook_path") + ": " + e.getMessage());
        }
    }

    private static ToolResult change(Target target, Input in, ToolContext context)
            throws IOException {
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
        var before = Files.readString(target.real());
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
