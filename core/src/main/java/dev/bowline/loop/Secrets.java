package dev.bowline.loop;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values that must not get into transcripts and to the model: each is replaced in what tools
/// bring.
record Secrets(List<String> values) {
    private static final String REPLACED = "[secret]";

    String hidden(String text) {
        var shown = text;
        for (var value : values) {
            shown = shown.replace(value, REPLACED);
        }
        return shown;
    }

    ToolResult hidden(ToolResult result) {
        if (values.isEmpty() || !holds(result)) {
            return result;
        }
        var content = result.content().stream().map(this::hidden).toList();
        var structured = hidden(result.structured());
        return switch (result) {
            case ToolResult.Success ok -> new ToolResult.Success(content, structured);
            case ToolResult.Failure no -> new ToolResult.Failure(no.code(), content, structured);
        };
    }

    private boolean holds(ToolResult result) {
        var structured = result.structured();
        var told = structured == null ? "" : structured.text();
        return values.stream()
                .anyMatch(value ->
                        told.contains(value)
                                || result.content().stream()
                                        .anyMatch(block ->
                                                block instanceof ContentBlock.Text text
                                                        && text.text().contains(value)));
    }

    private ContentBlock hidden(ContentBlock block) {
        return block instanceof ContentBlock.Text text
                ? new ContentBlock.Text(hidden(text.text()), text.extra())
                : block;
    }

    private @Nullable Json hidden(@Nullable Json json) {
        return json == null ? null : Json.parse(hidden(json.text()));
    }
}
