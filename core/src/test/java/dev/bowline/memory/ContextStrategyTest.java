package dev.bowline.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextStrategyTest {
    @Test
    void aWindowNeverPartsACallFromItsResult() {
        var call =
                new Message(
                        Role.ASSISTANT,
                        List.of(new ContentBlock.ToolUse("t", "look", Json.EMPTY_OBJECT)));
        var result =
                new Message(Role.USER, List.of(new ContentBlock.ToolResult("t", List.of(), false)));
        var talk =
                List.of(
                        Message.user("a"),
                        Message.assistant("b"),
                        Message.user("c"),
                        call,
                        result,
                        Message.assistant("d"));
        assertEquals(talk.subList(2, 6), ContextStrategy.window(2).select(talk));
        assertEquals(talk.subList(2, 6), ContextStrategy.window(4).select(talk));
        assertEquals(talk, ContextStrategy.window(99).select(talk));
        assertThrows(IllegalArgumentException.class, () -> ContextStrategy.window(0));
    }
}
