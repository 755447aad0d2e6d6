package dev.bowline.tool;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import java.util.List;
import java.util.function.Function;

/// A tool made of an annotated record and a function.
final class RecordTool<T extends Record> implements Tool {
    private final Class<T> type;
    private final Action<T> action;
    private final Function<T, List<Access>> accesses;
    private final ToolDefinition definition;
    private final Effect effect;

    RecordTool(Class<T> type, Action<T> action, Function<T, List<Access>> accesses) {
        var input = type.getAnnotation(ToolInput.class);
        if (input == null) {
            throw new IllegalArgumentException(
                    "record "
                            + type.getName()
                            + " needs the annotation @ToolInput to be a tool's input");
        }
        this.type = type;
        this.action = action;
        this.accesses = accesses;
        this.definition =
                new ToolDefinition(input.name(), input.description(), InputSchema.of(type));
        this.effect = input.effect();
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws Exception {
        return action.call(input.as(type), context);
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return accesses.apply(input.as(type));
    }
}
