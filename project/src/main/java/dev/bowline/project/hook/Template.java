package dev.bowline.project.hook;

import dev.bowline.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills the input of a tool from an event: `${tool_input.file_path}` in a text stands for that
/// member, or for nothing if there is none.
final class Template {
    private Template() {}

    static Json filled(Json template, Json event) {
        return Json.of(value(template.value(), event.asMap()));
    }

    private static @Nullable Object value(@Nullable Object value, Map<String, ?> event) {
        return switch (value) {
            case String text -> text(text, event);
            case List<?> list -> list.stream().map(one -> value(one, event)).toList();
            case Map<?, ?> map -> {
                var filled = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, one) -> filled.put(String.valueOf(key), value(one, event)));
                yield filled;
            }
            case null -> null;
            case Object other -> other;
        };
    }

    private static String text(String text, Map<String, ?> event) {
        var filled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            filled.append(text, at, open).append(member(text.substring(open + 2, close), event));
            at = close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }

    private static String member(String path, Map<String, ?> event) {
        Object at = event;
        for (var name : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at == null ? "" : at instanceof String text ? text : Json.of(at).text();
    }
}
