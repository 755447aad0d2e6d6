package dev.bowline.tools.offline;

import java.util.List;

/// Reads lists of files out of results and writes them into answers.
final class Lists {
    private Lists() {}

    /// The file names that Glob or Grep listed; notes in brackets are left out.
    static List<String> names(Done done) {
        if (done.failed()) {
            return List.of();
        }
        return done.text()
                .lines()
                .filter(line ->
                        !line.isBlank()
                                && !line.startsWith("[")
                                && !line.matches("No (files|matches) found|Found \\d+ files?"))
                .toList();
    }

    static String bullets(List<String> names, int most) {
        var shown = names.subList(0, Math.min(most, names.size()));
        return "- "
                + String.join("\n- ", shown)
                + (names.size() > shown.size()
                        ? "\n- … " + (names.size() - shown.size()) + " more"
                        : "");
    }

    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
