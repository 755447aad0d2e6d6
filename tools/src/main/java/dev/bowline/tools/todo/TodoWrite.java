package dev.bowline.tools.todo;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tool `TodoWrite`: replaces the session's list of things to do. The structured result has
/// `oldTodos` and `newTodos`. At most 200 items of 2,000 characters.
public final class TodoWrite implements Tool {
    private static final String DESCRIPTION =
            """
            Keeps your list of things to do for the task at hand. Send the whole list each time; it replaces the one before. \
            Use it for work of three or more steps; mark an item in_progress before you begin it and completed as soon as it is done.\
            """;

    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{"todos":{"type":"array","maxItems":200,"description":"The whole list","items":{"type":"object","properties":{
                    "content":{"type":"string","minLength":1,"maxLength":2000,"description":"What is to be done, for example Run the tests"},
                    "status":{"type":"string","enum":["pending","in_progress","completed"]},
                    "activeForm":{"type":"string","minLength":1,"maxLength":2000,"description":"The same while it is being done, for example Running the tests"}},
                    "required":["content","status","activeForm"],"additionalProperties":false}}},
                    "required":["todos"],"additionalProperties":false}\
                    """);

    private final ToolDefinition definition = new ToolDefinition("TodoWrite", DESCRIPTION, SCHEMA);

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return Effect.WRITE;
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return List.of(new Access.Session());
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws IOException {
        var todos = input.asMap().get("todos") instanceof List<?> list ? list : List.of();
        var next = Json.of(todos);
        var before =
                context.state(TodoList.class, folder -> new TodoList(context.resultsDirectory()))
                        .replace(next);
        var structured = new LinkedHashMap<String, Object>();
        structured.put("oldTodos", before);
        structured.put("newTodos", next);
        return ToolResult.of(
                "The list is kept: "
                        + count(todos, "completed")
                        + " completed, "
                        + count(todos, "in_progress")
                        + " in progress, "
                        + count(todos, "pending")
                        + " pending.",
                Json.of(structured));
    }

    private static long count(List<?> todos, String status) {
        return todos.stream()
                .filter(todo -> todo instanceof Map<?, ?> map && status.equals(map.get("status")))
                .count();
    }
}
