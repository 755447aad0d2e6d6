package dev.bowline.loop;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// Structured results are looked at where they may hold one: a value may be written in many
    /// ways. The same for files that tools keep.
    KeptOutput kept() {
        return new KeptOutput(values);
    }

    private boolean holds(ToolResult result) {
        var structured = result.structured();
        return structured != null && mayHold(structured.text())
                || values.stream()
                        .anyMatch(value ->
                                result.content().stream()
                                        .anyMatch(block ->
                                                block instanceof ContentBlock.Text text
                                                        && text.text().contains(value)));
    }

    /// Whether JSON text may hold one, plain or with escapes of whatever kind.
    private boolean mayHold(String json) {
        return json.contains("\\u")
                || json.contains("\\/")
                || values.stream()
                        .anyMatch(value -> json.contains(value) || json.contains(escaped(value)));
    }

    private static String escaped(String value) {
        var json = Json.of(value).text();
        return json.substring(1, json.length() - 1);
    }

    private ContentBlock hidden(ContentBlock block) {
        return block instanceof ContentBlock.Text text
                ? new ContentBlock.Text(hidden(text.text()), text.extra())
                : block;
    }

    private @Nullable Json hidden(@Nullable Json json) {
        if (json == null || !mayHold(json.text())) {
            return json;
        }
        var value = json.value();
        var shown = hiddenIn(value);
        return Objects.equals(shown, value) ? json : Json.of(shown);
    }

    /// The same in all strings of a JSON value, where it stands without its escapes.
    private @Nullable Object hiddenIn(@Nullable Object value) {
        return switch (value) {
            case String text -> hidden(text);
            case List<?> list -> {
                var all = new ArrayList<@Nullable Object>();
                list.forEach(one -> all.add(hiddenIn(one)));
                yield all;
            }
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, one) -> all.put(hidden(String.valueOf(name)), hiddenIn(one)));
                yield all;
            }
            case null, default -> value;
        };
    }
}
