package dev.bowline.tools.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.SchemaCheck;
import dev.bowline.tools.search.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodoWriteTest {
    private static final Json ONE =
            Json.parse(
                    "{\"todos\":[{\"content\":\"Test\",\"status\":\"in_progress\",\"activeForm\":\"Testing\"}]}");
    private static final Json NONE = Json.parse("{\"todos\":[]}");

    @TempDir Path folder;

    @Test
    void theListIsReplacedAndTheOneBeforeIsTold() throws Exception {
        var place = new Place(folder, folder);
        var tool = new TodoWrite();
        var first = tool.call(ONE, place);
        assertEquals("The list is kept: 0 completed, 1 in progress, 0 pending.", first.text());
        var second = tool.call(NONE, place).structured().asMap();
        assertEquals(ONE.asMap().get("todos"), second.get("oldTodos"));
        assertEquals(List.of(), second.get("newTodos"));
    }

    @Test
    void theListOutlivesTheProcess() throws Exception {
        new TodoWrite().call(ONE, new Place(folder, folder));
        var later = new TodoWrite().call(NONE, new Place(folder, folder)).structured().asMap();
        assertEquals(ONE.asMap().get("todos"), later.get("oldTodos"));
    }

    @Test
    void itNeedsNoPermission() {
        assertEquals(
                List.of(new Access.Session()),
                new TodoWrite().accesses(ONE, new Place(folder, folder)));
    }

    @Test
    void theSchemaKnowsTheThreeStates() {
        var schema = new TodoWrite().definition().inputSchema();
        assertTrue(SchemaCheck.check(schema, ONE).problems().isEmpty());
        assertFalse(
                SchemaCheck.check(
                                schema,
                                Json.parse(
                                        "{\"todos\":[{\"content\":\"a\",\"status\":\"done\",\"activeForm\":\"b\"}]}"))
                        .problems()
                        .isEmpty());
    }
}
