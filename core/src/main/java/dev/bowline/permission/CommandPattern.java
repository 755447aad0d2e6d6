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

    private final String source;
    private final String exact;
    private final String loose;

    CommandPattern(String source) {
        this.source = source.strip();
        this.exact = CommandText.pattern(source);
        this.loose = CommandText.loose(exact);
    }

    /// Whether the rule allows the program: all its words are known and covered, or it is written
    /// in the rule just so.
    boolean allows(Access.Runs runs, Programs.Spelled spelled) {
        if (runs.nature().compareTo(Nature.GUARDED) > 0) {
            return false;
        }
        return source.equals(spelled.source())
                || runs.nature() != Nature.GUARDED
                        && spelled.isKnown()
                        && one(exact, spelled.exact());
    }

    /// Whether a rule that denies or asks covers the program, whatever it is called here.
    Hit hits(Access.Runs runs, Programs.Spelled spelled) {
        if (one(loose, spelled.source())) {
            return Hit.YES;
        }
        var hit = runs.nature().compareTo(Nature.UNKNOWN) >= 0 ? Hit.MAYBE : Hit.NO;
        for (var text : spelled.loose()) {
            if (one(loose, text)) {
                return Hit.YES;
            }
            int unknown = text.indexOf(CommandText.UNKNOWN);
            if (hit == Hit.NO && unknown >= 0 && mayCover(text.substring(0, unknown))) {
                hit = Hit.MAYBE;
            }
        }
        return hit;
    }

    /// Whether the rule speaks of a whole command line, as `curl * | sh` does, and covers this one.
    boolean hitsLine(String line) {
        return source.chars().anyMatch(c -> "|&;<>\n".indexOf(c) >= 0) && one(source, line.strip());
    }

    private static boolean one(String pattern, String command) {
        boolean ends = pattern.endsWith(":*") || pattern.endsWith(" *");
        var start = ends ? pattern.substring(0, pattern.length() - 2) : pattern;
        return ends
                ? Glob.matches(start, command) || Glob.matches(start + " *", command)
                : Glob.matches(pattern, command);
    }

    /// Whether text that begins with `prefix` might fit the pattern.
    private boolean mayCover(String prefix) {
        return prefix.length() > MAX_PREFIX || Glob.mayBegin(loose.replace(":*", " *"), prefix);
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
