package dev.bowline.cli.prompt;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import java.util.List;

/// What goes in and out.
enum Formats {
    TEXT("text"),
    JSON("json"),
    STREAM_JSON("stream-json");

    private final String wire;

    Formats(String wire) {
        this.wire = wire;
    }

    /// @throws UsageException for a word that is no format
    static Formats output(Arguments args) {
        var word = args.value("--output-format", "text");
        for (var format : values()) {
            if (format.wire.equals(word)) {
                return format;
            }
        }
        throw new UsageException(
                "unknown output format \""
                        + word
                        + "\"; use text, json or stream-json"
                        + Nearest.to(word, List.of("text", "json", "stream-json"))
                                .map(name -> " (did you mean " + name + "?)")
                                .orElse(""));
    }

    /// @throws UsageException for anything but text
    static void checkInput(Arguments args) {
        var word = args.value("--input-format", "text");
        if (!word.equals("text")) {
            throw new UsageException(
                    "input format \"" + word + "\" is not supported by this version; use text");
        }
    }
}
