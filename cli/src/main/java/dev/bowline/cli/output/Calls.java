package dev.bowline.cli.output;

import dev.bowline.json.Json;
import dev.bowline.permission.Visible;
import java.util.List;

/// A tool call in a few words for people.
public final class Calls {
    private static final List<String> TELLING =
            List.of(
                    "command",
                    "file_path",
                    "notebook_path",
                    "pattern",
                    "path",
                    "url",
                    "query",
                    "description");

    private Calls() {}

    /// The argument that says most, on one line of at most `width` characters, with what can't be
    /// seen spelled out.
    public static String summary(String tool, Json input, int width) {
        var members = input.asMap();
        for (var name : TELLING) {
            if (members.get(name) instanceof String text && !text.isBlank()) {
                return Style.oneLine(Visible.text(text), width);
            }
        }
        return members.isEmpty() ? "" : Style.oneLine(Visible.text(input.text()), width);
    }
}
