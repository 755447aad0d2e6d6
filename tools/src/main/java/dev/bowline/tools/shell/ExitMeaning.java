package dev.bowline.tools.shell;

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
        var parts = CommandWords.parse(command, true).orElse(null);
        if (parts == null || parts.operators().stream().anyMatch(op -> !op.equals("|"))) {
            return Optional.empty();
        }
        return Optional.ofNullable(meaning(parts.commands().getLast()));
    }

    private static @Nullable String meaning(java.util.List<CommandWords.Word> words) {
        var first = words.getFirst().text();
        return first.equals("git") && words.size() > 1
                ? ONE.get("git " + words.get(1).text())
                : ONE.get(first);
    }
}
