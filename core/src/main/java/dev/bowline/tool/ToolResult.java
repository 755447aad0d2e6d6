package dev.bowline.tool;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call came to. `content` is for the model, `structured` for programs (shape documented by
/// the tool), or null.
public sealed interface ToolResult {
    List<ContentBlock> content();

    @Nullable Json structured();

    record Success(List<ContentBlock> content, @Nullable Json structured) implements ToolResult {
        public Success {
            content = List.copyOf(content);
        }
    }

    /// A failure that the model is told of; `code` is stable.
    record Failure(ErrorCode code, List<ContentBlock> content, @Nullable Json structured)
            implements ToolResult {
        public Failure {
            content = List.copyOf(content);
        }
    }

    static ToolResult text(String text) {
        return new Success(List.of(new ContentBlock.Text(text)), null);
    }

    static ToolResult of(String text, Json structured) {
        return new Success(List.of(new ContentBlock.Text(text)), structured);
    }

    static ToolResult failure(String message) {
        return failure(ErrorCode.TOOL_FAILED, message);
    }

    static ToolResult failure(ErrorCode code, String message) {
        return new Failure(code, List.of(new ContentBlock.Text(message)), null);
    }

    default boolean isError() {
        return this instanceof Failure;
    }

    /// The text blocks of the content, joined.
    default String text() {
        return ContentBlock.text(content());
    }
}
