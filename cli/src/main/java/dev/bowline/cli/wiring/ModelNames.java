package dev.bowline.cli.wiring;

import dev.bowline.cli.console.Console;
import java.util.Locale;

/// What short names of models stand for: the newest of each family, or what
/// `ANTHROPIC_DEFAULT_<FAMILY>_MODEL` says.
public final class ModelNames {
    private final Console console;

    public ModelNames(Console console) {
        this.console = console;
    }

    /// The full name; `usual` for `default` and `inherit`, any other name as it is. A window in
    /// brackets stays.
    public String full(String name, String usual) {
        int bracket = name.indexOf('[');
        var window = bracket < 0 ? "" : name.substring(bracket);
        var word = (bracket < 0 ? name : name.substring(0, bracket)).strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "sonnet" -> family("SONNET", "claude-sonnet-5-5") + window;
            case "opus" -> family("OPUS", "claude-opus-5-5") + window;
            case "haiku" -> family("HAIKU", "claude-haiku-5-5") + window;
            case "fable" -> family("FABLE", "claude-fable-5-2") + window;
            case "default", "inherit" -> usual;
            default -> name.strip();
        };
    }

    private String family(String family, String newest) {
        var said = console.variable("ANTHROPIC_DEFAULT_" + family + "_MODEL", "").strip();
        return said.isEmpty() ? newest : said;
    }

    /// Whether a model decides itself how much it thinks: from the fifth family on.
    public static boolean thinksByItself(String model) {
        return model.matches(".*-5(\\D.*|$)") && !model.contains("-4-5");
    }
}
