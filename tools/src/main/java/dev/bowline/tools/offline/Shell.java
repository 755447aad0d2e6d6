package dev.bowline.tools.offline;

/// Words for a shell.
final class Shell {
    private Shell() {}

    /// The text as one word that the shell leaves as it is.
    static String quote(String text) {
        return text.matches("[\\w./@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
