package dev.bowline.permission;

import java.util.Arrays;
import java.util.regex.Pattern;

/// Patterns of Bash rules. To allow, the command has to be a single plain one: anything that the
/// shell would expand, join or redirect makes it unknown, and unknown asks. To deny or ask, every
/// piece between separators is looked at as well as the whole.
final class CommandPattern {
    private static final Pattern NOT_PLAIN = Pattern.compile("[;&|<>$`(){}\\\\\\p{Cntrl}&&[^\\t]]");
    private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[;|&\\n(){}`]|\\$\\(");

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private CommandPattern() {}

    static boolean matches(String pattern, String command, boolean toAllow) {
        if (toAllow) {
            return !NOT_PLAIN.matcher(command.strip()).find() && one(pattern, command.strip());
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
}
