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
        return CommandWords.parse(command, true)
                .filter(parts -> !parts.commands().isEmpty())
                .filter(parts ->
                        parts.commands().stream()
                                .allMatch(words -> QUIET.contains(words.getFirst().text())))
                .isPresent();
    }
}
