package dev.bowline.cli.prompt;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import java.util.List;

/// What goes in and out.
public enum Formats {
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

    /// Whether a host program speaks on standard input.
    ///
    /// @throws UsageException for a word that is no format, or one that doesn't go with the output
    public static boolean hosted(Arguments args) {
        var word = args.value("--input-format", "text");
        if (word.equals("text")) {
            return false;
        }
        if (!word.equals("stream-json")) {
            throw new UsageException(
                    "unknown input format \"" + word + "\"; use text or stream-json");
        }
        if (output(args) != STREAM_JSON) {
            throw new UsageException(
                    "--input-format stream-json needs --output-format stream-json");
        }
        return true;
    }
}
