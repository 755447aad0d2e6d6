package dev.bowline.anthropic.wire;

import dev.bowline.anthropic.http.Bytes;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.model.ModelRequest;
import dev.bowline.model.Thinking;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes requests. The members come in the order in which the service caches prefixes (tools,
/// system, messages), the rest after them. With caching, the last system block and the last block
/// of the last message that can be marked carry a cache mark: two of the four that are allowed.
public final class RequestWriter {
    private static final Json MARK = Json.of(java.util.Map.of("type", "ephemeral"));

    private final boolean caching;
    private final ModelRequest request;
    private final JsonOut out;

    private RequestWriter(ModelRequest request, boolean caching, JsonOut out) {
        this.request = request;
        this.caching = caching;
        this.out = out;
    }

    /// The body of a call that makes a message.
    public static Bytes message(
            ModelRequest request, int maxTokens, boolean stream, boolean caching) {
        var bytes = new Bytes(4096);
        try (var out = JsonOut.to(bytes)) {
            var writer = new RequestWriter(request, caching, out);
            out.beginObject();
            writer.prefix();
            writer.rest(maxTokens, stream);
            out.endObject().flush();
        }
        return bytes;
    }

    /// The body of a call that counts tokens.
    public static Bytes count(ModelRequest request) {
        var bytes = new Bytes(4096);
        try (var out = JsonOut.to(bytes)) {
            var writer = new RequestWriter(request, false, out);
            out.beginObject();
            writer.prefix();
            writer.thinking();
            out.endObject().flush();
        }
        return bytes;
    }

    private boolean ours(String member) {
        return !request.extra().containsKey(member);
    }

    private void prefix() {
        out.field("model", request.model());
        if (!request.tools().isEmpty() && ours("tools")) {
            tools();
        }
        if (ours("system")) {
            system();
        }
        out.name("messages").beginArray();
        var messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), i == messages.size() - 1);
        }
        out.endArray();
    }

    private void tools() {
        out.name("tools").beginArray();
        for (var tool : request.tools()) {
            out.beginObject().field("name", tool.name());
            if (!tool.description().isEmpty()) {
                out.field("description", tool.description());
            }
            out.field("input_schema", tool.inputSchema()).endObject();
        }
        out.endArray();
    }

    private void system() {
        var parts = request.system().stream().filter(part -> !part.isBlank()).toList();
        if (parts.isEmpty()) {
            return;
        }
        out.name("system").beginArray();
        for (int i = 0; i < parts.size(); i++) {
            out.beginObject().field("type", "text").field("text", parts.get(i));
            mark(i == parts.size() - 1);
            out.endObject();
        }
        out.endArray();
    }

    private void mark(boolean here) {
        if (here && caching) {
            out.field("cache_control", MARK);
        }
    }

    private void message(Message message, boolean last) {
        out.beginObject().field("role", message.role().wire());
        out.name("content").beginArray();
        var blocks = sent(message.content());
        int marked = last ? lastMarkable(blocks) : -1;
        for (int i = 0; i < blocks.size(); i++) {
            block(blocks.get(i), i == marked);
        }
        out.endArray().endObject();
    }

    /// The service refuses empty text, which models do produce beside other blocks.
    private static List<ContentBlock> sent(List<ContentBlock> blocks) {
        var full =
                blocks.stream()
                        .filter(b -> !(b instanceof ContentBlock.Text t && t.text().isEmpty()))
                        .toList();
        return full.isEmpty() ? blocks : full;
    }

    private static int lastMarkable(List<ContentBlock> blocks) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            boolean can =
                    switch (blocks.get(i)) {
                        case ContentBlock.Text text -> !text.text().isBlank();
                        case ContentBlock.Image image -> true;
                        case ContentBlock.Document document -> true;
                        case ContentBlock.ToolUse use -> true;
                        case ContentBlock.ToolResult result -> true;
                        case ContentBlock.Thinking thinking -> false;
                        case ContentBlock.RedactedThinking thinking -> false;
                        case ContentBlock.Unknown unknown -> false;
                    };
            if (can) {
                return i;
            }
        }
        return -1;
    }

    private void block(ContentBlock block, boolean marked) {
        switch (block) {
            case ContentBlock.Unknown(var raw) -> out.raw(raw);
            case ContentBlock.Text(var text, var extra) -> {
                out.beginObject().field("type", "text").field("text", text);
                members(extra);
                mark(marked);
                out.endObject();
            }
            case ContentBlock.Image(var type, var data) -> {
                out.beginObject().field("type", "image");
                source(type, data);
                mark(marked);
                out.endObject();
            }
            case ContentBlock.Document(var type, var data, var title) -> {
                out.beginObject().field("type", "document");
                source(type, data);
                if (title != null) {
                    out.field("title", title);
                }
                mark(marked);
                out.endObject();
            }
            case ContentBlock.Thinking(var thinking, var signature) ->
                    out.beginObject()
                            .field("type", "thinking")
                            .field("thinking", thinking)
                            .field("signature", signature)
                            .endObject();
            case ContentBlock.RedactedThinking(var data) ->
                    out.beginObject()
                            .field("type", "redacted_thinking")
                            .field("data", data)
                            .endObject();
            case ContentBlock.ToolUse(var id, var name, var input) -> {
                out.beginObject().field("type", "tool_use").field("id", id).field("name", name);
                out.field("input", input);
                mark(marked);
                out.endObject();
            }
            case ContentBlock.ToolResult result -> {
                toolResult(result);
                mark(marked);
                out.endObject();
            }
        }
    }

    private void members(@Nullable Json extra) {
        if (extra != null) {
            Blocks.members(extra).forEach(out::field);
        }
    }

    private void source(String mediaType, String data) {
        out.name("source").beginObject().field("type", "base64");
        out.field("media_type", mediaType).field("data", data).endObject();
    }

    private void toolResult(ContentBlock.ToolResult result) {
        out.beginObject().field("type", "tool_result").field("tool_use_id", result.toolUseId());
        var content = sent(result.content());
        if (content.size() == 1 && content.getFirst() instanceof ContentBlock.Text only) {
            out.field("content", only.text());
        } else if (!content.isEmpty()) {
            out.name("content").beginArray();
            content.forEach(block -> block(block, false));
            out.endArray();
        }
        if (result.isError()) {
            out.field("is_error", true);
        }
    }

    private void rest(int maxTokens, boolean stream) {
        if (ours("max_tokens")) {
            out.field("max_tokens", maxTokens);
        }
        boolean thinks = thinking();
        var temperature = request.temperature();
        if (temperature != null && !thinks && ours("temperature")) {
            out.name("temperature").number(temperature.doubleValue());
        }
        if (!request.stopSequences().isEmpty() && ours("stop_sequences")) {
            out.name("stop_sequences").value(request.stopSequences());
        }
        if (!request.sessionId().isEmpty() && ours("metadata")) {
            out.name("metadata").beginObject().field("user_id", request.sessionId()).endObject();
        }
        if (stream) {
            out.field("stream", true);
        }
        new TreeMap<>(request.extra())
                .forEach((name, value) -> {
                    if (!reserved(name)) {
                        out.field(name, value);
                    }
                });
    }

    private static boolean reserved(String name) {
        return name.equals("model") || name.equals("messages") || name.equals("stream");
    }

    /// Whether the model is told to think.
    private boolean thinking() {
        if (!ours("thinking")) {
            return true;
        }
        return switch (request.thinking()) {
            case Thinking.Unset unset -> false;
            case Thinking.Off off -> {
                out.name("thinking").beginObject().field("type", "disabled").endObject();
                yield false;
            }
            case Thinking.Adaptive adaptive -> {
                out.name("thinking").beginObject().field("type", "adaptive").endObject();
                yield true;
            }
            case Thinking.Budget(int tokens) -> {
                out.name("thinking").beginObject().field("type", "enabled");
                out.field("budget_tokens", tokens).endObject();
                yield true;
            }
        };
    }
}
