package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Content blocks and usage in the shape of the Messages API.
final class BlockJson {
    private BlockJson() {}

    static void write(JsonOut out, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text(String text, var extra) -> {
                out.beginObject().field("type", "text").field("text", text);
                if (extra != null) {
                    members(out, extra);
                }
                out.endObject();
            }
            case ContentBlock.Image(String mediaType, String data) -> {
                out.beginObject().field("type", "image");
                source(out, mediaType, data);
                out.endObject();
            }
            case ContentBlock.Document(String mediaType, String data, var title) -> {
                out.beginObject().field("type", "document");
                source(out, mediaType, data);
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
            case ContentBlock.ToolResult result -> result(out, result);
            case ContentBlock.Unknown(Json raw) -> out.rawLine(raw);
        }
    }

    private static void result(JsonOut out, ContentBlock.ToolResult result) {
        out.beginObject()
                .field("tool_use_id", result.toolUseId())
                .field("type", "tool_result")
                .name("content");
        writeAll(out, result.content());
        if (result.isError()) {
            out.field("is_error", true);
        }
        out.endObject();
    }

    private static void source(JsonOut out, String mediaType, String data) {
        out.name("source")
                .beginObject()
                .field("type", "base64")
                .field("media_type", mediaType)
                .field("data", data)
                .endObject();
    }

    private static void members(JsonOut out, Json object) {
        try (var in = JsonIn.of(object.text())) {
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                out.name(name).rawLine(in.raw());
            }
        }
    }

    /// A list of blocks; one plain text alone is a string.
    static void writeAll(JsonOut out, List<ContentBlock> content) {
        if (content.size() == 1
                && content.getFirst() instanceof ContentBlock.Text(String text, var extra)
                && extra == null) {
            out.string(text);
            return;
        }
        out.beginArray();
        content.forEach(block -> write(out, block));
        out.endArray();
    }

    /// A string or a list of blocks; anything else is no content.
    static List<ContentBlock> readAll(JsonIn in) {
        if (in.isString()) {
            return List.of(new ContentBlock.Text(in.string()));
        }
        if (!in.isArray()) {
            in.skip();
            return List.of();
        }
        var blocks = new ArrayList<ContentBlock>(1);
        while (in.nextElement()) {
            blocks.add(in.isObject() ? read(in) : new ContentBlock.Unknown(in.raw()));
        }
        return List.copyOf(blocks);
    }

    private static ContentBlock read(JsonIn in) {
        long start = in.mark();
        var parts = new Parts();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            parts.take(name, in);
        }
        var block = parts.block();
        return block == null ? new ContentBlock.Unknown(in.since(start)) : block;
    }

    /// The members of one block.
    private static final class Parts {
        private String type = "";
        private @Nullable String first;
        private @Nullable String second;
        private @Nullable Json input;
        private @Nullable List<ContentBlock> content;
        private @Nullable StringBuilder extra;
        private boolean error;
        private boolean base64;

        void take(String name, JsonIn in) {
            switch (name) {
                case "type" -> type = in.string();
                case "text", "thinking", "id", "tool_use_id" -> first = in.string();
                case "data" -> first = in.string();
                case "signature", "name", "title" -> second = in.stringOrNull();
                case "input" -> input = in.raw();
                case "content" -> content = readAll(in);
                case "is_error" -> error = in.bool();
                case "source" -> source(in);
                default -> extra(name, in);
            }
        }

        private void extra(String name, JsonIn in) {
            var text = extra == null ? new StringBuilder() : extra;
            text.append(text.isEmpty() ? '{' : ',')
                    .append(Json.of(name).text())
                    .append(':')
                    .append(in.raw().text());
            extra = text;
        }

        private @Nullable String mediaType;

        private void source(JsonIn in) {
            if (!in.isObject()) {
                in.skip();
                return;
            }
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                switch (name) {
                    case "type" -> base64 = in.string().equals("base64");
                    case "media_type" -> mediaType = in.string();
                    case "data" -> first = in.string();
                    default -> in.skip();
                }
            }
        }

        @Nullable ContentBlock block() {
            if (first == null) {
                return null;
            }
            return switch (type) {
                case "text" ->
                        new ContentBlock.Text(
                                first, extra == null ? null : Json.parse(extra + "}"));
                case "thinking" -> second == null ? null : new ContentBlock.Thinking(first, second);
                case "redacted_thinking" -> new ContentBlock.RedactedThinking(first);
                case "tool_use" ->
                        second == null || input == null
                                ? null
                                : new ContentBlock.ToolUse(first, second, input);
                case "tool_result" ->
                        new ContentBlock.ToolResult(
                                first, content == null ? List.of() : content, error);
                case "image" ->
                        !base64 || mediaType == null || extra != null
                                ? null
                                : new ContentBlock.Image(mediaType, first);
                case "document" ->
                        !base64 || mediaType == null || extra != null
                                ? null
                                : new ContentBlock.Document(mediaType, first, second);
                default -> null;
            };
        }
    }

    static void usage(JsonOut out, Usage usage) {
        out.beginObject()
                .field("input_tokens", usage.inputTokens())
                .field("cache_creation_input_tokens", usage.cacheWriteTokens())
                .field("cache_read_input_tokens", usage.cacheReadTokens())
                .field("output_tokens", usage.outputTokens());
        if (usage.cacheWrite1hTokens() != 0) {
            out.name("cache_creation")
                    .beginObject()
                    .field(
                            "ephemeral_5m_input_tokens",
                            usage.cacheWriteTokens() - usage.cacheWrite1hTokens())
                    .field("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens())
                    .endObject();
        }
        if (usage.webSearches() != 0) {
            out.name("server_tool_use")
                    .beginObject()
                    .field("web_search_requests", usage.webSearches())
                    .endObject();
        }
        out.endObject();
    }

    static Usage usage(JsonIn in) {
        if (!in.isObject()) {
            in.skip();
            return Usage.NONE;
        }
        long input = 0;
        long output = 0;
        long written = 0;
        long hour = 0;
        long cached = 0;
        long searches = 0;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "input_tokens" -> input = in.number();
                case "output_tokens" -> output = in.number();
                case "cache_creation_input_tokens" -> written = in.number();
                case "cache_read_input_tokens" -> cached = in.number();
                case "cache_creation" -> hour = inner(in, "ephemeral_1h_input_tokens");
                case "server_tool_use" -> searches = inner(in, "web_search_requests");
                default -> in.skip();
            }
        }
        return new Usage(input, output, written, hour, cached, searches);
    }

    private static long inner(JsonIn in, String wanted) {
        long value = 0;
        if (!in.isObject()) {
            in.skip();
            return 0;
        }
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            if (name.equals(wanted)) {
                value = in.number();
            } else {
                in.skip();
            }
        }
        return value;
    }
}
