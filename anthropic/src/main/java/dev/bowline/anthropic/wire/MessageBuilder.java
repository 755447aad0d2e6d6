package dev.bowline.anthropic.wire;

import dev.bowline.anthropic.wire.StreamDecoder.Parts;
import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.ModelReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A message while it arrives. Blocks come one after another; a piece for any other block than the
/// open one is a [BadAnswer]. Events and deltas of unknown types are skipped.
public final class MessageBuilder {
    private final List<ContentBlock> content = new ArrayList<>();
    private final UsageCount usage = new UsageCount();
    private String id = "";
    private String model = "";
    private @Nullable BlockBuilder open;
    private @Nullable StopReason stopReason;
    private @Nullable Json stopDetails;
    private boolean started;
    private boolean stopped;
    private final @Nullable String requestId;

    /// @param requestId the service's name for the request, or null
    public MessageBuilder(@Nullable String requestId) {
        this.requestId = requestId;
    }

    /// Whether the whole message has come.
    public boolean stopped() {
        return stopped;
    }

    /// The message; only when [#stopped()].
    public ModelReply reply() {
        var reason = stopReason == null ? inferred() : stopReason;
        return new ModelReply(id, model, content, reason, stopDetails, usage.usage(), requestId);
    }

    private StopReason inferred() {
        boolean asks = content.stream().anyMatch(ContentBlock.ToolUse.class::isInstance);
        return asks ? StopReason.TOOL_USE : StopReason.END_TURN;
    }

    boolean text(int index, String piece, Consumer<? super StreamEvent> events) {
        block(index).text(piece);
        events.accept(new StreamEvent.TextDelta(index, piece));
        return true;
    }

    boolean thinking(int index, String piece, Consumer<? super StreamEvent> events) {
        block(index).text(piece);
        events.accept(new StreamEvent.ThinkingDelta(index, piece));
        return true;
    }

    boolean input(int index, String piece, Consumer<? super StreamEvent> events) {
        block(index).text(piece);
        events.accept(new StreamEvent.InputDelta(index, piece));
        return true;
    }

    private BlockBuilder block(int index) {
        var block = open;
        if (block == null || index != content.size()) {
            throw new BadAnswer("has a piece of block " + index + ", which is not open");
        }
        return block;
    }

    void event(Parts parts, Consumer<? super StreamEvent> events) {
        switch (parts.type()) {
            case "message_start" -> start(parts.message(), events);
            case "content_block_start" -> blockStart(parts, events);
            case "content_block_delta" -> blockDelta(parts, events);
            case "content_block_stop" -> blockStop(parts.index(), events);
            case "message_delta" -> messageDelta(parts, events);
            case "message_stop" -> stop(events);
            case "error" -> throw new StreamError(error(parts));
            default -> {
                // ping, and whatever a later version of the API adds
            }
        }
    }

    private static ServiceError error(Parts parts) {
        return parts.error() == null
                ? new ServiceError("", "")
                : ServiceError.of(parts.error().text());
    }

    private void start(@Nullable Json message, Consumer<? super StreamEvent> events) {
        if (message == null || started) {
            throw new BadAnswer("does not begin with one message");
        }
        started = true;
        try (var in = JsonIn.of(message.text())) {
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "id" -> id = in.string();
                    case "model" -> model = in.string();
                    case "usage" -> usage.read(in);
                    default -> in.skip();
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadAnswer("begins with a message that is not an object", e);
        }
        events.accept(new StreamEvent.MessageStarted(id, model, usage.usage(), requestId));
    }

    private void blockStart(Parts parts, Consumer<? super StreamEvent> events) {
        if (!started || open != null || parts.index() != content.size()) {
            throw new BadAnswer("starts block " + parts.index() + " out of turn");
        }
        if (parts.block() == null) {
            throw new BadAnswer("starts block " + parts.index() + " without saying what it is");
        }
        var block = Blocks.read(parts.block());
        open = new BlockBuilder(block);
        events.accept(new StreamEvent.BlockStarted(parts.index(), block));
    }

    private void blockDelta(Parts parts, Consumer<? super StreamEvent> events) {
        var block = block(parts.index());
        if (parts.delta() == null) {
            return;
        }
        try (var in = JsonIn.of(parts.delta().text())) {
            if (!in.isObject()) {
                throw new BadAnswer("has a delta that is not an object");
            }
            var type = "";
            var text = "";
            Json citation = null;
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "type" -> type = in.string();
                    case "text", "thinking", "signature", "partial_json" -> text = in.string();
                    case "citation" -> citation = in.raw();
                    default -> in.skip();
                }
            }
            piece(parts.index(), block, type, text, citation, events);
        }
    }

    private void piece(
            int index,
            BlockBuilder block,
            String type,
            String text,
            @Nullable Json citation,
            Consumer<? super StreamEvent> events) {
        switch (type) {
            case "text_delta" -> text(index, text, events);
            case "thinking_delta" -> thinking(index, text, events);
            case "input_json_delta" -> input(index, text, events);
            case "signature_delta" -> {
                block.signature(text);
                events.accept(new StreamEvent.SignatureDelta(index, text));
            }
            case "citations_delta" -> {
                if (citation != null) {
                    block.citation(citation);
                }
            }
            default -> {
                // a delta of a later version of the API
            }
        }
    }

    private void blockStop(int index, Consumer<? super StreamEvent> events) {
        var block = block(index).block();
        open = null;
        content.add(block);
        events.accept(new StreamEvent.BlockStopped(index, block));
    }

    private void messageDelta(Parts parts, Consumer<? super StreamEvent> events) {
        if (!started) {
            throw new BadAnswer("ends a message that did not begin");
        }
        if (parts.usage() != null) {
            try (var in = JsonIn.of(parts.usage().text())) {
                usage.read(in);
            } catch (IllegalArgumentException e) {
                throw new BadAnswer("counts tokens in a way that can't be read", e);
            }
        }
        var sequence = parts.delta() == null ? null : ending(parts.delta());
        events.accept(new StreamEvent.MessageEnding(stopReason, sequence, usage.usage()));
    }

    private @Nullable String ending(Json delta) {
        String sequence = null;
        var members = Blocks.members(delta);
        try (var in = JsonIn.of(members.getOrDefault("stop_reason", Json.NULL).text())) {
            if (!in.isNull()) {
                stopReason = StopReason.of(in.string());
            }
        }
        try (var in = JsonIn.of(members.getOrDefault("stop_sequence", Json.NULL).text())) {
            sequence = in.stringOrNull();
        }
        var details = members.getOrDefault("stop_details", Json.NULL);
        if (!details.equals(Json.NULL)) {
            stopDetails = details;
        }
        return sequence;
    }

    private void stop(Consumer<? super StreamEvent> events) {
        if (!started || open != null) {
            throw new BadAnswer("stops in the middle of a block");
        }
        stopped = true;
        events.accept(new StreamEvent.MessageStopped());
    }

    /// Reads a whole message that didn't come as a stream.
    ///
    /// @throws BadAnswer if it isn't one
    public static ModelReply whole(String json, @Nullable String requestId) {
        var builder = new MessageBuilder(requestId);
        try {
            var members = Blocks.members(Json.parse(json));
            if (!members.containsKey("content") || !members.containsKey("id")) {
                throw new BadAnswer("is not a message");
            }
            builder.start(Json.of(members), event -> {});
            builder.ending(Json.of(members));
            try (var in = JsonIn.of(members.get("content").text())) {
                if (!in.isArray()) {
                    throw new BadAnswer("is a message without a list of blocks");
                }
                while (in.nextElement()) {
                    builder.content.add(Blocks.read(in.raw()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadAnswer("is not JSON", e);
        }
        return builder.reply();
    }
}
