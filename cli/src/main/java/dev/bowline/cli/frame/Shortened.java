package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON with its long texts cut: base64 data is left out, anything else keeps its beginning.
final class Shortened {
    private Shortened() {}

    /// The same JSON with no text beyond `longest` characters and no list beyond `longest`
    /// elements.
    static String to(String json, int longest) {
        return Json.of(value(Json.parse(json).value(), "", longest)).text();
    }

    private static @Nullable Object value(@Nullable Object value, String name, int longest) {
        return switch (value) {
            case null -> null;
            case String text -> text(text, name, longest);
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, member) ->
                        copy.put(String.valueOf(key), value(member, String.valueOf(key), longest)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                for (var element : list.subList(0, Math.min(list.size(), longest))) {
                    copy.add(value(element, name, longest));
                }
                yield copy;
            }
            case Object other -> other;
        };
    }

    private static String text(String text, String name, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        if (name.equals("data") || name.equals("base64")) {
            return "";
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end)
                + "… ["
                + (text.length() - end)
                + " more characters, shown in full by: bowline sessions show]";
    }
}
