package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Usage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a frame in which the model speaks, or the engine in its place.
final class AssistantFrame {
    private static final String SYNTHETIC = "<synthetic>";

    private AssistantFrame() {}

    /// One block of the model's. `titles` gives the titles that servers have for their tools.
    static void spoken(
            JsonOut frame,
            String messageId,
            String model,
            ContentBlock block,
            Usage usage,
            Function<String, Optional<String>> titles) {
        message(frame, messageId, model, List.of(block))
                .field("stop_reason", Json.NULL)
                .field("stop_sequence", Json.NULL);
        Blocks.usage(frame.name("usage"), usage);
        frame.field("context_management", Json.NULL)
                .endObject()
                .field("parent_tool_use_id", Json.NULL)
                .field("timestamp", Frames.now());
        if (block instanceof ContentBlock.ToolUse use) {
            McpName.of(use.name())
                    .ifPresent(name -> meta(frame, use.id(), name, titles.apply(use.name())));
        }
    }

    private static void meta(JsonOut frame, String id, McpName name, Optional<String> title) {
        frame.name("tool_use_meta")
                .beginArray()
                .beginObject()
                .field("id", id)
                .field("display_name", title.orElseGet(name::displayName))
                .field("server_display_name", name.server())
                .field("tool_name", name.tool())
                .endObject()
                .endArray();
    }

    /// A failure of the service, in words.
    static void failure(JsonOut frame, UUID id, Ending ending) {
        said(frame, id, ending.text(), "stop_sequence", "");
        frame.field("parent_tool_use_id", Json.NULL)
                .field("timestamp", Frames.now())
                .field("error", ending.assistantError())
                .field("is_api_error_message", true);
        var lost = ending.apiError();
        if (lost != null) {
            frame.field("api_error", lost);
        }
        var status = ending.apiStatus();
        if (status != null) {
            frame.field("api_error_status", status).field("api_error_type", ending.apiErrorType());
        }
    }

    /// The message of a text that no model has said.
    static void said(
            JsonOut frame, UUID id, String text, String stopReason, @Nullable String stopSequence) {
        message(frame, id.toString(), SYNTHETIC, List.of(new ContentBlock.Text(text)))
                .field("container", Json.NULL)
                .field("stop_reason", stopReason)
                .field("stop_sequence", stopSequence)
                .field("stop_details", Json.NULL)
                .field("diagnostics", Json.NULL);
        Blocks.noUsage(frame.name("usage"));
        frame.field("context_management", Json.NULL).endObject();
    }

    private static JsonOut message(
            JsonOut frame, String id, String model, List<ContentBlock> content) {
        frame.field("type", "assistant")
                .name("message")
                .beginObject()
                .field("id", id)
                .field("type", "message")
                .field("role", "assistant")
                .field("model", model)
                .name("content");
        Blocks.writeAll(frame, content);
        return frame;
    }
}
