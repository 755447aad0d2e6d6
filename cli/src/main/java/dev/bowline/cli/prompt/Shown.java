package dev.bowline.cli.prompt;

import dev.bowline.json.Json;
import dev.bowline.permission.Visible;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The input of a call as a person can judge it: nothing is hidden, and what is left out is
/// counted.
final class Shown {
    /// How much is shown of what isn't a command, a file or an address.
    private static final int ENOUGH = 600;

    private static final String NEXT = "\n      ";

    private Shown() {}

    /// A command, a file or an address as a whole; the other members behind it, each on a line.
    static String call(Json input) {
        var members = input.asMap();
        return members.entrySet().stream()
                .sorted((one, other) ->
                        Boolean.compare(isWhole(other.getKey()), isWhole(one.getKey())))
                .map(member -> member(member.getKey(), member.getValue()))
                .collect(Collectors.joining(NEXT));
    }

    private static boolean isWhole(String name) {
        return name.equals("command")
                || name.equals("url")
                || name.equals("path")
                || name.endsWith("_path");
    }

    private static String member(String name, @Nullable Object value) {
        var text = value instanceof String said ? said : Json.of(value).text();
        if (name.equals("command")) {
            return Visible.text(text).lines().collect(Collectors.joining(NEXT));
        }
        var shown = Visible.line(text);
        if (isWhole(name)) {
            return shown;
        }
        return Visible.line(name)
                + ": "
                + (shown.length() <= ENOUGH
                        ? shown
                        : shown.substring(0, ENOUGH)
                                + "… and "
                                + (shown.length() - ENOUGH)
                                + " more characters");
    }
}
