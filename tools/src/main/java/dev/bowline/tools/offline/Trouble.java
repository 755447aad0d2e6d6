package dev.bowline.tools.offline;

import java.util.Locale;

/// Says in plain words that a call did not succeed, and what can be done.
final class Trouble {
    private static final int MAX_CHARS = 2_000;

    private Trouble() {}

    /// @param what the thing that was tried, for example `write notes.txt`
    static Move of(String what, Done done) {
        return Move.say(
                "I could not "
                        + what
                        + ". "
                        + done.tool()
                        + " said: "
                        + shortened(done.text())
                        + wayOut(done));
    }

    /// A tool that would be needed is not on offer.
    static Move missing(String what, String tool) {
        return Move.say(
                "I could not "
                        + what
                        + ": this session does not offer the tool "
                        + tool
                        + ". Start it without a restriction that hides "
                        + tool
                        + ", and ask again.");
    }

    private static String wayOut(Done done) {
        var said = done.text().toLowerCase(Locale.ROOT);
        boolean refused =
                said.contains("permission")
                        || said.contains("denied")
                        || said.contains("not allowed")
                        || said.contains("is planning");
        if (!refused || said.contains("permission denied") || isFinal(said)) {
            return "";
        }
        if (said.contains("is planning")) {
            return "\nThe session is in plan mode; start it with another --permission-mode to change things.";
        }
        var edit = done.tool().equals("Write") || done.tool().equals("Edit");
        return edit
                ? "\nTo allow edits in the working directory, start with --permission-mode acceptEdits, or allow this tool with --allowedTools "
                        + done.tool()
                        + "."
                : "\nTo allow it, start with --allowedTools \"" + rule(done) + "\".";
    }

    /// Whether no flag would help: a rule that denies, or a hook, has decided.
    private static boolean isFinal(String said) {
        return said.contains("denied by the rule") || said.contains(" hook error: ");
    }

    private static String rule(Done done) {
        return done.tool().equals("Bash")
                        && done.input().asMap().get("command") instanceof String command
                        && !command.contains("\"")
                ? "Bash(" + command.lines().findFirst().orElse("") + ")"
                : done.tool();
    }

    static String shortened(String text) {
        var plain = text.strip();
        return plain.length() <= MAX_CHARS
                ? plain
                : plain.substring(0, MAX_CHARS) + "… (" + plain.length() + " characters in all)";
    }
}
