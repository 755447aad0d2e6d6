package dev.bowline.message;

import dev.bowline.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a message, as in the Messages API. Blocks that this version does not know arrive as
/// [Unknown] and go out unchanged.
public sealed interface ContentBlock {

    /// Plain text. `extra` holds further fields of the wire form (citations) or null. An empty
    /// object says that the text came as a list of one block, and not as a string.
    record Text(String text, @Nullable Json extra) implements ContentBlock {
        public Text(String text) {
            this(text, null);
        }
    }

    /// An image: `mediaType` such as `image/png`, `data` in base64.
    record Image(String mediaType, String data) implements ContentBlock {}

    /// A document, for example a PDF: `mediaType` such as `application/pdf`, `data` in base64,
    /// `title` or null.
    record Document(String mediaType, String data, @Nullable String title)
            implements ContentBlock {}

    /// Reasoning of the model with its signature; must be sent back unchanged.
    record Thinking(String thinking, String signature) implements ContentBlock {}

    /// Reasoning that the service has encrypted; must be sent back unchanged.
    record RedactedThinking(String data) implements ContentBlock {}

    /// The model asks for a tool call. `input` is a JSON object; what was not JSON arrives as
    /// `{"__unparsedToolInput":{"raw":…,"len":…}}`.
    record ToolUse(String id, String name, Json input) implements ContentBlock {}

    /// The answer to the [ToolUse] with the same id.
    record ToolResult(String toolUseId, List<ContentBlock> content, boolean isError)
            implements ContentBlock {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /// A block of a type that this version does not know, kept as it came.
    record Unknown(Json raw) implements ContentBlock {}

    /// All text blocks of a list, joined without a separator.
    static String text(List<? extends ContentBlock> blocks) {
        if (blocks.size() == 1 && blocks.getFirst() instanceof Text only) {
            return only.text();
        }
        var all = new StringBuilder();
        for (var block : blocks) {
            if (block instanceof Text text) {
                all.append(text.text());
            }
        }
        return all.toString();
    }
}
