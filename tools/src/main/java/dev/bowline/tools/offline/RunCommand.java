package dev.bowline.tools.offline;

import java.util.List;
import java.util.Set;

/// Runs a command and tells what it printed.
record RunCommand(String command) implements Task {
    private static final int MAX_CHARS = 10_000;

    @Override
    public Move next(List<Done> done, Set<String> tools) {
        if (!tools.contains("Bash")) {
            return Trouble.missing("run `" + command + "`", "Bash");
        }
        if (done.isEmpty()) {
            return Move.call("Bash", "command", command, "description", "As asked");
        }
        var ran = done.getFirst();
        if (ran.failed()) {
            return ran.text().startsWith("Exit code")
                    ? Move.say("`" + command + "` ended with a failure.\n\n" + block(ran.text()))
                    : Trouble.of("run `" + command + "`", ran);
        }
        return Move.say(
                ran.text().isBlank()
                        ? "`" + command + "` ran and printed nothing."
                        : "`" + command + "` printed:\n\n" + block(ran.text()));
    }

    private static String block(String text) {
        var plain = text.strip();
        var shown = plain.length() <= MAX_CHARS ? plain : plain.substring(0, MAX_CHARS) + "\n…";
        var fence = shown.contains("```") ? "````" : "```";
        return fence + "\n" + shown + "\n" + fence;
    }
}
