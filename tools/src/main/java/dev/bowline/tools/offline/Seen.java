package dev.bowline.tools.offline;

import java.util.regex.Pattern;

/// The text of a file as Read showed it.
final class Seen {
    private static final Pattern NUMBERED = Pattern.compile("(?m)^ *\\d+[\\t→](.*)$");

    private Seen() {}

    /// The text, or an empty one when there is none or only a part was shown.
    static String text(Done read) {
        if (read.text().contains("PARTIAL")) {
            return "";
        }
        return String.join(
                "\n", NUMBERED.matcher(read.text()).results().map(line -> line.group(1)).toList());
    }

    static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
