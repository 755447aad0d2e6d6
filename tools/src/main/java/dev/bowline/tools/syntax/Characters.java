package dev.bowline.tools.syntax;

/// Which characters a command line may have, and what they are to bash.
final class Characters {
    private Characters() {}

    /// Refuses control characters and halves of surrogate pairs.
    static void check(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                if (!pair(text, at)) {
                    throw new Refused("The text has half of a character.", at);
                }
                at++;
            } else if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
                throw new Refused(
                        String.format("The text has the control character U+%04X.", (int) c), at);
            }
        }
    }

    private static boolean pair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }

    /// Ends a word: blanks, the end of the line or text, and the signs of operators.
    static boolean meta(int c) {
        return switch (c) {
            case Cursor.END, ' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>' -> true;
            default -> false;
        };
    }

    static boolean nameStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean namePart(int c) {
        return nameStart(c) || digit(c);
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean name(String text) {
        return !text.isEmpty()
                && nameStart(text.charAt(0))
                && text.chars().allMatch(Characters::namePart);
    }
}
