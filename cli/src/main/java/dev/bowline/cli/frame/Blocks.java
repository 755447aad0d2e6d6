package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Usage;
import java.util.List;

/// Content blocks and token counts as the Messages API spells them.
public final class Blocks {
    private Blocks() {}

    /// Writes a prompt's content: a text alone is a string.
    static void writeAsSaid(JsonOut out, List<ContentBlock> content) {
        if (content.size() == 1
                && content.getFirst() instanceof ContentBlock.Text(String text, var extra)
                && extra == null) {
            out.string(text);
        } else {
            writeAll(out, content);
        }
    }

    /// Writes a content as an array of blocks.
    public static void writeAll(JsonOut out, List<ContentBlock> content) {
        out.beginArray();
        content.forEach(block -> write(out, block));
        out.endArray();
    }

    static void write(JsonOut out, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text(String text, var extra) -> {
                out.beginObject().field("type", "text").field("text", text);
                if (extra != null) {
                    extra.asMap().forEach((name, value) -> out.name(name).value(value));
                }
                out.endObject();
            }
            case ContentBlock.Image(String mediaType, String data) ->
                    source(out.beginObject().field("type", "image"), mediaType, data).endObject();
            case ContentBlock.Document(String mediaType, String data, var title) -> {
                source(out.beginObject().field("type", "document"), mediaType, data);
                if (title != null) {
                    out.field("title", title);
                }
                out.endObject();
            }
            case ContentBlock.Thinking(String thinking, String signature) ->
                    out.beginObject()
                            .field("type", "thinking")
                            .field("thinking", thinking)
                            .field("signature", signature)
                            .endObject();
            case ContentBlock.RedactedThinking(String data) ->
                    out.beginObject()
                            .field("type", "redacted_thinking")
                            .field("data", data)
                            .endObject();
            case ContentBlock.ToolUse(String id, String name, Json input) ->
                    out.beginObject()
                            .field("type", "tool_use")
                            .field("id", id)
                            .field("name", name)
                            .name("input")
                            .rawLine(input)
                            .endObject();
            case ContentBlock.ToolResult(String id, var content, boolean isError) ->
                    result(out, id, content, isError, false, false);
            case ContentBlock.Unknown(Json raw) -> out.rawLine(raw);
        }
    }

    private static JsonOut source(JsonOut out, String mediaType, String data) {
        return out.name("source")
                .beginObject()
                .field("type", "base64")
                .field("media_type", mediaType)
                .field("data", data)
                .endObject();
    }

    /// A result; `always` says of a success, too, that it is no failure.
    static void result(
            JsonOut out,
            String id,
            List<ContentBlock> content,
            boolean isError,
            boolean always,
            boolean asList) {
        out.beginObject().field("tool_use_id", id).field("type", "tool_result").name("content");
        if (!asList && content.stream().allMatch(ContentBlock.Text.class::isInstance)) {
            out.string(ContentBlock.text(content));
        } else {
            writeAll(out, content);
        }
        if (isError || always) {
            out.field("is_error", isError);
        }
        out.endObject();
    }

    /// The token counts of one API call.
    static void usage(JsonOut out, Usage usage) {
        out.beginObject();
        counts(out, usage);
        out.field("service_tier", "standard").endObject();
    }

    /// The counts of what no service was asked for.
    static void noUsage(JsonOut out) {
        out.beginObject();
        counts(out, Usage.NONE);
        searches(out, Usage.NONE);
        for (var unknown :
                List.of(
                        "output_tokens_details",
                        "service_tier",
                        "inference_geo",
                        "iterations",
                        "speed",
                        "fallback_credit")) {
            out.name(unknown).nothing();
        }
        out.endObject();
    }

    /// The sum over a turn.
    static void usageOfTurn(JsonOut out, Usage usage) {
        out.beginObject();
        counts(out, usage);
        searches(out, usage);
        out.field("service_tier", "standard").endObject();
    }

    private static void searches(JsonOut out, Usage usage) {
        out.name("server_tool_use")
                .beginObject()
                .field("web_search_requests", usage.webSearches())
                .field("web_fetch_requests", 0)
                .endObject();
    }

    private static void counts(JsonOut out, Usage usage) {
        out.field("input_tokens", usage.inputTokens())
                .field("cache_creation_input_tokens", usage.cacheWriteTokens())
                .field("cache_read_input_tokens", usage.cacheReadTokens())
                .field("output_tokens", usage.outputTokens())
                .name("cache_creation")
                .beginObject()
                .field(
                        "ephemeral_5m_input_tokens",
                        usage.cacheWriteTokens() - usage.cacheWrite1hTokens())
                .field("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens())
                .endObject();
    }
}
