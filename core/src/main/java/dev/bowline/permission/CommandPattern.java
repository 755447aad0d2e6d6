package dev.bowline.permission;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.Set;
import java.util.regex.Pattern;

/// Patterns of Bash rules, compared with programs word by word. A trailing ` *` or `:*` is a word
/// boundary and covers the bare program too; `*` elsewhere stands for anything.
final class CommandPattern {
    private static final Pattern SUBCOMMAND = Pattern.compile("[a-z][a-z0-9-]*");

    /// Programs whose second word is no part of what they do.
    private static final Set<String> NO_SUBCOMMANDS =
            Set.of(
                    "sed", "cat", "ls", "cd", "ln", "chmod", "chown", "kill", "python", "node",
                    "bash", "sh", "sudo", "env", "xargs", "exec", "eval", "ssh", "touch", "mkdir",
                    "rm", "rmdir", "mv", "cp", "tee");

    /// How much of a command with unknown words is compared before a rule counts as perhaps meant.
    private static final int MAX_PREFIX = 1_000;

    private CommandPattern() {}

    /// Whether the rule allows the program: all its words are known and covered, or it is written
    /// in the rule just so.
    static boolean allows(String pattern, Access.Runs runs) {
        if (runs.nature().compareTo(Nature.GUARDED) > 0) {
            return false;
        }
        if (pattern.strip().equals(runs.source().strip())) {
            return true;
        }
        return runs.nature() != Nature.GUARDED
                && runs.words().stream().noneMatch(word -> word.text() == null)
                && one(CommandText.pattern(pattern), CommandText.exact(runs.words()));
    }

    /// Whether a rule that denies or asks covers the program, whatever it is called here.
    static Hit hits(String pattern, Access.Runs runs) {
        var exact = CommandText.pattern(pattern);
        var loose = CommandText.loose(exact);
        var hit =
                runs.nature().compareTo(Nature.UNKNOWN) >= 0 && !isAny(pattern)
                        ? Hit.MAYBE
                        : Hit.NO;
        if (one(loose, runs.source().strip())) {
            return Hit.YES;
        }
        for (var guise : runs.guises()) {
            var text = CommandText.loose(guise);
            if (one(loose, text)) {
                return Hit.YES;
            }
            int unknown = text.indexOf(CommandText.UNKNOWN);
            if (unknown >= 0 && mayCover(loose, text.substring(0, unknown))) {
                hit = Hit.MAYBE;
            }
        }
        return hit;
    }

    /// Whether the rule speaks of a whole command line, as `curl * | sh` does, and covers this one.
    static boolean hitsLine(String pattern, String line) {
        return pattern.chars().anyMatch(c -> "|&;<>\n".indexOf(c) >= 0)
                && one(pattern, line.strip());
    }

    private static boolean isAny(String pattern) {
        return pattern.chars().allMatch(c -> c == '*');
    }

    private static boolean one(String pattern, String command) {
        var prefix =
                pattern.endsWith(":*") || pattern.endsWith(" *")
                        ? pattern.substring(0, pattern.length() - 2)
                        : null;
        if (prefix != null && Glob.matches(prefix, command)) {
            return true;
        }
        return Glob.matches(prefix == null ? pattern : prefix + " *", command);
    }

    /// Whether text that begins with `prefix` might fit the pattern.
    private static boolean mayCover(String pattern, String prefix) {
        return prefix.length() > MAX_PREFIX || Glob.mayBegin(pattern.replace(":*", " *"), prefix);
    }

    /// The pattern that a person would mean: `npm run *` for `npm run build`, else the command
    /// itself.
    static String general(Access.Runs runs) {
        var words = runs.words();
        return runs.nature() != Nature.GUARDED
                        && words.size() > 1
                        && isSubcommand(words.get(0))
                        && isSubcommand(words.get(1))
                        && !NO_SUBCOMMANDS.contains(String.valueOf(words.get(0).text()))
                ? words.get(0).text() + " " + words.get(1).text() + " *"
                : runs.source().strip();
    }

    private static boolean isSubcommand(Access.Word word) {
        return word.text() != null && SUBCOMMAND.matcher(word.text()).matches();
    }

    /// Whether a rule for the program can be written down at all.
    static boolean isNameable(Access.Runs runs) {
        return runs.nature().compareTo(Nature.GUARDED) <= 0
                && runs.words().stream().noneMatch(word -> word.text() == null);
    }
}
