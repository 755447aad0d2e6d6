package dev.bowline.tools.person;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import java.util.List;

/// A tool whose call is a question to the person; it touches nothing but the session.
interface PersonTool extends Tool {
    @Override
    default boolean needsPerson() {
        return true;
    }

    @Override
    default List<Access> accesses(Json input, ToolContext context) {
        return List.of(new Access.Session());
    }
}
