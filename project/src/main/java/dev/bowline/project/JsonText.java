package dev.bowline.project;

import dev.bowline.json.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON for people: two blanks a level, a line feed at the end.
final class JsonText {
    private JsonText() {}

    static String of(Map<String, @Nullable Object> value) {
        var out = new StringBuilder();
        write(value, "\n", out);
        return out.append('\n').toString();
    }

    private static void write(@Nullable Object value, String line, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                out.append('{');
                var each = map.entrySet().iterator();
                while (each.hasNext()) {
                    var entry = each.next();
                    out.append(line).append("  ").append(Json.of(String.valueOf(entry.getKey())));
                    out.append(": ");
                    write(entry.getValue(), line + "  ", out);
                    comma(each, out);
                }
                out.append(line).append('}');
            }
            case List<?> list when !list.isEmpty() -> {
                out.append('[');
                var each = list.iterator();
                while (each.hasNext()) {
                    out.append(line).append("  ");
                    write(each.next(), line + "  ", out);
                    comma(each, out);
                }
                out.append(line).append(']');
            }
            case null, default -> out.append(Json.of(value).text());
        }
    }

    private static void comma(Iterator<?> each, StringBuilder out) {
        if (each.hasNext()) {
            out.append(',');
        }
    }
}
