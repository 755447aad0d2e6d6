package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The message that is being streamed, and its pieces for hosts that want them.
final class LiveMessage {
    private final Frames frames;
    private final boolean wanted;
    private String id = "";
    private String model = "";
    private @Nullable String requestId;
    private Usage usage = Usage.NONE;
    private boolean open;
    private int openBlock = -1;
    private int lastBlock = -1;

    /// @param wanted whether the host wants to see pieces
    LiveMessage(Frames frames, boolean wanted) {
        this.frames = frames;
        this.wanted = wanted;
    }

    /// The name that the service gave it; "" before the first.
    String id() {
        return id;
    }

    String model() {
        return model;
    }

    /// What the service calls the request; null if it didn't say.
    @Nullable String requestId() {
        return requestId;
    }

    /// What it was said to use when it began.
    Usage usage() {
        return usage;
    }

    void begin(StreamEvent.MessageStarted started) {
        id = started.messageId();
        model = started.model();
        requestId = started.requestId();
        usage = started.usage();
        open = true;
        openBlock = -1;
        lastBlock = -1;
    }

    void opened(int block) {
        openBlock = block;
    }

    void closed(int block) {
        openBlock = -1;
        lastBlock = block;
    }

    /// Nothing more will come of it.
    void drop() {
        open = false;
    }

    void show(StreamEvent event) {
        show(event, more -> {});
    }

    /// One piece, if the host wants to see pieces.
    void show(StreamEvent event, Consumer<JsonOut> more) {
        if (wanted) {
            frames.send(
                    frames.fresh(),
                    frame -> {
                        frame.field("type", "stream_event").name("event");
                        StreamEvents.write(frame, event);
                        frame.field("parent_tool_use_id", Json.NULL);
                        if (!id.isEmpty()) {
                            frame.field("api_message_id", id);
                        }
                        more.accept(frame);
                    });
        }
    }

    /// Closes what was being streamed when it was cut, so that programs can close it as well.
    void cut() {
        if (!open) {
            return;
        }
        open = false;
        if (openBlock >= 0) {
            lastBlock = openBlock;
            show(new StreamEvent.BlockStopped(openBlock, new ContentBlock.Text("")));
        }
        show(new StreamEvent.MessageEnding(null, null, usage));
        show(
                new StreamEvent.MessageStopped(),
                more ->
                        more.name("abandoned_blocks")
                                .beginObject()
                                .field("api_message_id", id)
                                .field("from_block_index", lastBlock + 1)
                                .endObject());
    }
}
