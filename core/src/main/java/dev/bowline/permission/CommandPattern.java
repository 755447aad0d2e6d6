package dev.bowline.permission;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private final String loose;
    private final Form asWritten;
    private final Form exactly;
    private final Form loosely;
    private final boolean ofLine;

    /// A pattern, and what it covers beside that: the bare program where a word boundary ends it.
    private record Form(String pattern, @Nullable String bare) {
        static Form of(String text) {
            if (!text.endsWith(":*") && !text.endsWith(" *")) {
                return new Form(text, null);
            }
            var bare = text.substring(0, text.length() - 2);
            return new Form(bare + " *", bare);
        }

        boolean covers(String command) {
            return bare != null && Glob.matches(bare, command) || Glob.matches(pattern, command);
        }
    }

    CommandPattern(String source) {
        var exact = CommandText.pattern(source);
        this.source = source.strip();
        this.loose = CommandText.loose(exact);
        this.asWritten = Form.of(this.source);
        this.exactly = Form.of(exact);
        this.loosely = Form.of(loose);
        this.ofLine = source.chars().anyMatch(c -> "|&;<>\n".indexOf(c) >= 0);
    }

    /// Whether the rule allows the program: all its words are known and covered, or it is written
    /// in the rule just so.
    boolean allows(Access.Runs runs, Question.Spelled spelled) {
        if (runs.nature().compareTo(Nature.GUARDED) > 0) {
            return false;
        }
        return source.equals(spelled.source())
                || runs.nature() != Nature.GUARDED
                        && spelled.isKnown()
                        && exactly.covers(spelled.exact());
    }

    /// Whether a rule that denies or asks covers the program, whatever it is called here.
    Hit hits(Access.Runs runs, Question.Spelled spelled) {
        if (loosely.covers(spelled.source())) {
            return Hit.YES;
        }
        var hit = runs.nature().compareTo(Nature.UNKNOWN) >= 0 ? Hit.MAYBE : Hit.NO;
        for (var text : spelled.loose()) {
            if (loosely.covers(text)) {
                return Hit.YES;
            }
            int unknown = text.indexOf(CommandText.UNKNOWN);
            if (hit == Hit.NO && unknown >= 0 && mayCover(text.substring(0, unknown))) {
                hit = Hit.MAYBE;
            }
        }
        return hit;
    }

    /// Whether the rule speaks of a whole command line, as `curl * | sh` does.
    boolean isOfLine() {
        return ofLine;
    }

    /// Whether such a rule covers this one.
    boolean hitsLine(String line) {
        return ofLine && asWritten.covers(line.strip());
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
