package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;

/// What a model says while it speaks, as the events of the Messages API.
final class StreamEvents {
    private StreamEvents() {}

    /// Writes the event as one object. [StreamEvent.Retrying] and [StreamEvent.FellBack] are no
    /// events of the API and must not come here.
    static void write(JsonOut out, StreamEvent event) {
        out.beginObject();
        switch (event) {
            case StreamEvent.MessageStarted started -> started(out, started);
            case StreamEvent.BlockStarted(int index, ContentBlock block) -> {
                out.field("type", "content_block_start").field("index", index);
                Blocks.write(out.name("content_block"), block);
            }
            case StreamEvent.TextDelta(int index, String text) ->
                    delta(out, index, "text_delta", "text", text);
            case StreamEvent.ThinkingDelta(int index, String text) ->
                    delta(out, index, "thinking_delta", "thinking", text);
            case StreamEvent.SignatureDelta(int index, String text) ->
                    delta(out, index, "signature_delta", "signature", text);
            case StreamEvent.InputDelta(int index, String text) ->
                    delta(out, index, "input_json_delta", "partial_json", text);
            case StreamEvent.BlockStopped(int index, ContentBlock block) ->
                    out.field("type", "content_block_stop").field("index", index);
            case StreamEvent.MessageEnding ending -> ending(out, ending);
            case StreamEvent.MessageStopped stopped -> out.field("type", "message_stop");
            case StreamEvent.Retrying again ->
                    throw new IllegalArgumentException("not an event of the API: " + again);
            case StreamEvent.FellBack other ->
                    throw new IllegalArgumentException("not an event of the API: " + other);
        }
        out.endObject();
    }

    private static void started(JsonOut out, StreamEvent.MessageStarted started) {
        out.field("type", "message_start")
                .name("message")
                .beginObject()
                .field("id", started.messageId())
                .field("type", "message")
                .field("role", "assistant")
                .field("model", started.model())
                .name("content")
                .beginArray()
                .endArray()
                .field("stop_reason", Json.NULL)
                .field("stop_sequence", Json.NULL);
        usage(out, started.usage());
        out.endObject();
    }

    private static void usage(JsonOut out, Usage usage) {
        Blocks.usage(out.name("usage"), usage);
    }

    private static void delta(JsonOut out, int index, String type, String field, String text) {
        out.field("type", "content_block_delta")
                .field("index", index)
                .name("delta")
                .beginObject()
                .field("type", type)
                .field(field, text)
                .endObject();
    }

    private static void ending(JsonOut out, StreamEvent.MessageEnding ending) {
        var reason = ending.stopReason();
        out.field("type", "message_delta")
                .name("delta")
                .beginObject()
                .field("stop_reason", reason == null ? null : reason.wire())
                .field("stop_sequence", ending.stopSequence())
                .endObject();
        usage(out, ending.usage());
    }
}
