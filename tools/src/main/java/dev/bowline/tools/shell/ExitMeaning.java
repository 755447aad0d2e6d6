package dev.bowline.tools.shell;

import dev.bowline.tools.syntax.Node;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Programs whose exit code 1 is an answer, not a failure.
final class ExitMeaning {
    private static final Map<String, String> ONE =
            Map.ofEntries(
                    Map.entry("grep", "No matches found"),
                    Map.entry("rg", "No matches found"),
                    Map.entry("egrep", "No matches found"),
                    Map.entry("fgrep", "No matches found"),
                    Map.entry("git grep", "No matches found"),
                    Map.entry("find", "Some directories were inaccessible"),
                    Map.entry("diff", "Files differ"),
                    Map.entry("git diff", "Files differ"),
                    Map.entry("test", "Condition is false"),
                    Map.entry("[", "Condition is false"));

    private ExitMeaning() {}

    /// What the code says if it is no failure. Only for a plain command or pipeline: of anything
    /// else it is not certain which part the code comes from.
    static Optional<String> of(String command, int code) {
        if (code != 1) {
            return Optional.empty();
        }
        return PlainLine.last(command).map(ExitMeaning::meaning);
    }

    private static @Nullable String meaning(Node.Simple command) {
        var first = PlainLine.word(command, 0);
        return first.equals("git") ? ONE.get("git " + PlainLine.word(command, 1)) : ONE.get(first);
    }
}
