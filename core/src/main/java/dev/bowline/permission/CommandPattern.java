package dev.bowline.permission;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Patterns of Bash rules. To allow, the command has to be plain: anything that the shell would
/// expand, join or redirect makes it unknown, and unknown asks, unless the rule is that very text.
/// To deny or ask, every piece between separators is looked at as well as the whole.
final class CommandPattern {
    private static final Pattern NOT_PLAIN = Pattern.compile("[;&|<>$`(){}\\\\\\p{Cntrl}&&[^\\t]]");
    private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[;|&\\n(){}`]|\\$\\(");
    private static final Pattern JOINED = Pattern.compile("&&|\\|\\||[;|\\n]");
    private static final Pattern NESTED = Pattern.compile("[`]|\\$\\(|[<>]\\(");
    private static final Pattern QUOTING = Pattern.compile("[\"'\\\\]");
    private static final Pattern SUBCOMMAND = Pattern.compile("[a-z][a-z0-9-]*");

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /// Commands that change the files that they name.
    private static final Set<String> FILE_COMMANDS =
            Set.of("touch", "mkdir", "rm", "rmdir", "mv", "cp", "tee");

    /// Commands whose second word is no part of what they do.
    private static final Set<String> NO_SUBCOMMANDS =
            Set.of(
                    "sed", "cat", "ls", "cd", "ln", "chmod", "chown", "kill", "python", "node",
                    "bash", "sh", "sudo", "env", "xargs", "exec", "eval", "ssh");

    private CommandPattern() {}

    static boolean matches(String pattern, String command, boolean toAllow) {
        if (toAllow) {
            var text = command.strip();
            return NOT_PLAIN.matcher(text).find()
                    ? !pattern.contains("*") && !isNested(text) && pattern.equals(text)
                    : one(pattern, text);
        }
        return one(pattern, command.strip())
                || Arrays.stream(SEPARATOR.split(command))
                        .map(piece -> BLANKS.matcher(piece.strip()).replaceAll(" "))
                        .anyMatch(piece -> one(pattern, piece));
    }

    private static boolean one(String pattern, String command) {
        var prefix =
                pattern.endsWith(":*")
                        ? pattern.substring(0, pattern.length() - 2)
                        : pattern.endsWith(" *")
                                ? pattern.substring(0, pattern.length() - 2)
                                : null;
        if (prefix != null && Rule.glob(prefix, command)) {
            return true;
        }
        return Rule.glob(prefix == null ? pattern : prefix + " *", command);
    }

    /// Whether a part of the command is the output of another one.
    static boolean isNested(String command) {
        return NESTED.matcher(command).find();
    }

    /// The commands that a line joins; a line with quotes stays whole, as a separator may be
    /// quoted.
    static List<String> pieces(String command) {
        if (QUOTING.matcher(command).find()) {
            return List.of(command.strip());
        }
        return Arrays.stream(JOINED.split(command))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /// The pattern that a person would mean: `npm run *` for `npm run build`, else the command
    /// itself.
    static String general(String piece) {
        var words = BLANKS.splitAsStream(piece).toList();
        return words.size() > 1
                        && !NOT_PLAIN.matcher(piece).find()
                        && SUBCOMMAND.matcher(words.get(0)).matches()
                        && SUBCOMMAND.matcher(words.get(1)).matches()
                        && !FILE_COMMANDS.contains(words.get(0))
                        && !NO_SUBCOMMANDS.contains(words.get(0))
                ? words.get(0) + " " + words.get(1) + " *"
                : piece;
    }

    /// The last file that a command changes which is known to change the files that it names.
    static Optional<Path> changedFile(String piece, Path directory) {
        var words = BLANKS.splitAsStream(piece).toList();
        var last = words.getLast();
        return words.size() > 1
                        && FILE_COMMANDS.contains(words.get(0))
                        && !last.startsWith("-")
                        && last.chars().noneMatch(c -> "\"'\\$*?[~<>&".indexOf(c) >= 0)
                ? Optional.of(directory.resolve(last).normalize())
                : Optional.empty();
    }
}
