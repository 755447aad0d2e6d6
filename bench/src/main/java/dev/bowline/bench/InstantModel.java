package dev.bowline.bench;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.Role;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import java.util.List;
import java.util.function.Consumer;

/// A model that costs next to nothing: calls the tool `noop` a number of times, one call a reply,
/// then streams a text of twenty pieces. What is measured with it is the loop.
public final class InstantModel implements Model {
    private static final int PIECES = 20;
    private static final String PIECE = "twenty characters .. ";
    private static final Usage USAGE = Usage.of(100, 20);
    private static final ContentBlock.Text TEXT = new ContentBlock.Text(PIECE.repeat(PIECES));

    private final int calls;

    /// Makes `calls` tool calls in each turn.
    public InstantModel(int calls) {
        this.calls = calls;
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events) {
        int made = answered(request.messages());
        var id = "msg_" + request.messages().size();
        events.accept(new StreamEvent.MessageStarted(id, request.model(), USAGE));
        return made < calls ? call(request, id, made) : text(request, id, events);
    }

    /// Results at the end of the conversation, since the prompt.
    private static int answered(List<Message> messages) {
        int results = 0;
        for (var message : messages.reversed()) {
            if (message.role() == Role.USER) {
                if (!(message.content().getFirst() instanceof ContentBlock.ToolResult)) {
                    return results;
                }
                results++;
            }
        }
        return results;
    }

    private static ModelReply call(ModelRequest request, String id, int made) {
        var use =
                new ContentBlock.ToolUse(
                        "toolu_" + id + "_" + made, "noop", Json.parse("{\"x\":\"a\"}"));
        return ModelReply.of(id, request.model(), List.of(use), StopReason.TOOL_USE, USAGE);
    }

    private static ModelReply text(
            ModelRequest request, String id, Consumer<? super StreamEvent> events) {
        events.accept(new StreamEvent.BlockStarted(0, new ContentBlock.Text("")));
        for (int i = 0; i < PIECES; i++) {
            events.accept(new StreamEvent.TextDelta(0, PIECE));
        }
        events.accept(new StreamEvent.BlockStopped(0, TEXT));
        events.accept(new StreamEvent.MessageStopped());
        return ModelReply.of(id, request.model(), List.of(TEXT), StopReason.END_TURN, USAGE);
    }
}
