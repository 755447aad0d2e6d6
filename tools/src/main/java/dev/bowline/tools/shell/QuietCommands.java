package dev.bowline.tools.shell;

import java.util.Set;

/// Commands that print nothing when all is well.
final class QuietCommands {
    private static final Set<String> QUIET =
            Set.of(
                    "cd", "chgrp", "chmod", "chown", "cp", "export", "ln", "mkdir", "mv", "rm",
                    "rmdir", "touch", "unset", "wait");

    private QuietCommands() {}

    /// Whether every part of a command line is one of them.
    static boolean cover(String command) {
        var commands = PlainLine.commands(command);
        return !commands.isEmpty()
                && commands.stream().allMatch(one -> QUIET.contains(PlainLine.word(one, 0)));
    }
}
