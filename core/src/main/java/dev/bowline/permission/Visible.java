package dev.bowline.permission;

/// Text of strangers as a person can trust it: characters that are not seen, that change the
/// direction of others or that steer a terminal are spelled out, for example `‹U+202E›`.
public final class Visible {
    private Visible() {}

    /// The text with everything of that kind spelled out but line ends and tabs.
    public static String text(String text) {
        if (text.codePoints().noneMatch(Visible::isHidden)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    if (isHidden(c)) {
                        shown.append(String.format("\u2039U+%04X\u203a", c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return shown.toString();
    }

    /// The same on one line: line ends and tabs are spelled out too.
    public static String line(String text) {
        return text(text).replace("\n", "\u240a").replace("\t", "\u2409");
    }

    /// Controls, format characters (direction marks, zero-width characters, tags), private use,
    /// blanks other than the plain one and halves of characters.
    private static boolean isHidden(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> isInvisibleLetter(c);
        };
    }

    /// Fillers that count as letters or marks and show nothing: Hangul fillers, the braille blank,
    /// the combining grapheme joiner, variation selectors.
    private static boolean isInvisibleLetter(int c) {
        return c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F
                || c >= 0x180B && c <= 0x180F
                || c >= 0xFE00 && c <= 0xFE0E
                || c >= 0xE0100 && c <= 0xE01EF;
    }
}
