package dev.bowline.cli.output;

/// Colours of a terminal, or none; and text made safe for one.
public enum Style {
    PLAIN,
    COLOUR;

    private static final String ESCAPE = "\u001b[";

    public static Style of(boolean colour) {
        return colour ? COLOUR : PLAIN;
    }

    public String dim(String text) {
        return wrap("2", text);
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    public String red(String text) {
        return wrap("31", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String cyan(String text) {
        return wrap("36", text);
    }

    private String wrap(String code, String text) {
        return this == PLAIN ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }

    /// The text without the control characters that move a cursor or give orders to a terminal, and
    /// without those that turn the direction of what follows; line feeds and tabs stay.
    public static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOrder(text.charAt(i))) {
                var safe = new StringBuilder(text.length());
                text.chars().filter(c -> !isOrder((char) c)).forEach(c -> safe.append((char) c));
                return safe.toString();
            }
        }
        return text;
    }

    private static boolean isOrder(char c) {
        return c < ' ' && c != '\n' && c != '\t'
                || c >= 0x7f && c < 0xa0
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }

    /// The first line of a text, at most `width` characters.
    public static String oneLine(String text, int width) {
        var flat = harmless(text).strip();
        int end = flat.indexOf('\n');
        boolean cut = end >= 0;
        var line = cut ? flat.substring(0, end).stripTrailing() : flat;
        if (line.length() > width) {
            return line.substring(0, Math.max(0, width - 1)) + "…";
        }
        return cut && line.length() + 2 <= width ? line + " …" : line;
    }
}
