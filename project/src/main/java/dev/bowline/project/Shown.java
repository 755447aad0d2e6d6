package dev.bowline.project;

/// Makes text of a file fit for a terminal.
final class Shown {
    private Shown() {}

    /// The text on one line of at most `most` characters, with control and direction-changing
    /// characters as `\\uXXXX`.
    static String text(String text, int most) {
        var shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < most; i++) {
            char c = text.charAt(i);
            if (hidden(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.length() < most ? shown.toString() : shown.substring(0, most - 1) + "…";
    }

    private static boolean hidden(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }

    /// A value in quotes.
    static String quoted(String text) {
        return "\"" + text(text, 100) + "\"";
    }
}
