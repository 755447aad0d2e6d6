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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A tool that changes the one file named by a field of its input.
abstract sealed class Changing implements Tool permits Edit, NotebookEdit, Write {
    private final ToolDefinition definition;
    private final String field;

    /// @param field the field with the path
    Changing(ToolDefinition definition, String field) {
        this.definition = definition;
        this.field = field;
    }

    @Override
    public final ToolDefinition definition() {
        return definition;
    }

    @Override
    public final Effect effect() {
        return Effect.WRITE;
    }

    @Override
    public final List<Access> accesses(Json input, ToolContext context) {
        return Target.decide(Input.of(input).text(field), context).stream()
                .flatMap(this::touched)
                .toList();
    }

    @Override
    public final Optional<String> validate(Json input, ToolContext context) {
        return Target.problem(Input.of(input).text(field), context);
    }

    /// What a call does with a file.
    Stream<Access> touched(Path file) {
        return Stream.of(new Access.Writes(file));
    }

    @Override
    public final ToolResult call(Json input, ToolContext context) {
        var in = Input.of(input);
        try {
            return change(Target.of(in.text(field), context), in, context);
        } catch (FileProblem problem) {
            return Change.refused(problem);
        } catch (IOException e) {
            return ToolResult.failure("Could not change " + in.text(field) + ": " + e.getMessage());
        }
    }

    abstract ToolResult change(Target target, Input in, ToolContext context) throws IOException;
}
