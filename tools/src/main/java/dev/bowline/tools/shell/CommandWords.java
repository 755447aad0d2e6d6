package dev.bowline.tools.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The words of a list of plain commands, after quote removal. Everything whose value or effect is
/// only known to the shell - expansions, redirections, groups, background, comments - makes the
/// whole text unreadable, on purpose.
record CommandWords(List<List<Word>> commands, List<String> operators) {
    /// A word. `glob` tells that the shell would match it against file names.
    record Word(String text, boolean glob) {}

    /// Redirections that only throw output away or join it.
    private static final List<String> HARMLESS =
            List.of(
                    "2>&1",
                    "2>/dev/null",
                    "1>/dev/null",
                    ">/dev/null",
                    "&>/dev/null",
                    "2> /dev/null",
                    "> /dev/null");

    private static final Set<Character> ESCAPABLE =
            Set.of(
                    '(', ')', '!', ';', '*', '?', '.', ' ', '"', '\'', '\\', '$', '|', '+', '[',
                    ']', '{', '}', '^');

    /// Reads a command line. `lenient` accepts words with variables and redirections to files, for
    /// uses that only need to know which program runs.
    static Optional<CommandWords> parse(String line, boolean lenient) {
        var reader = new Reader(line, lenient);
        return reader.read() ? Optional.of(reader.result()) : Optional.empty();
    }

    private static final class Reader {
        private final String line;
        private final boolean lenient;
        private final List<List<Word>> commands = new ArrayList<>();
        private final List<String> operators = new ArrayList<>();
        private List<Word> words = new ArrayList<>();
        private int at;

        Reader(String line, boolean lenient) {
            this.line = line.strip();
            this.lenient = lenient;
        }

        CommandWords result() {
            return new CommandWords(commands, operators);
        }

        boolean read() {
            while (at < line.length()) {
                if (line.charAt(at) == ' ' || line.charAt(at) == '\t') {
                    at++;
                } else if (!harmlessRedirect() && !operator() && !word()) {
                    return false;
                }
            }
            if (words.isEmpty()) {
                return false;
            }
            commands.add(words);
            return true;
        }

        private boolean harmlessRedirect() {
            for (var redirect : HARMLESS) {
                int end = at + redirect.length();
                if (line.startsWith(redirect, at)
                        && (end == line.length() || " \t|;".indexOf(line.charAt(end)) >= 0)) {
                    at = end;
                    return true;
                }
            }
            return false;
        }

        private boolean operator() {
            for (var operator : List.of("&&", "||", "|", ";")) {
                if (line.startsWith(operator, at)) {
                    if (words.isEmpty() || line.startsWith("|&", at) || line.startsWith(";;", at)) {
                        return false;
                    }
                    at += operator.length();
                    commands.add(words);
                    operators.add(operator);
                    words = new ArrayList<>();
                    return true;
                }
            }
            return false;
        }

        private boolean word() {
            var text = new StringBuilder();
            boolean glob = false;
            int start = at;
            while (at < line.length() && " \t|;&".indexOf(line.charAt(at)) < 0) {
                char c = line.charAt(at);
                if (c == '\'' || c == '"') {
                    if (!quoted(c, text)) {
                        return false;
                    }
                } else if (c == '\\') {
                    if (at + 1 >= line.length() || !ESCAPABLE.contains(line.charAt(at + 1))) {
                        return false;
                    }
                    text.append(line.charAt(at + 1));
                    at += 2;
                } else if (plain(c, at == start)) {
                    glob |= c == '*' || c == '?' || c == '[';
                    text.append(c);
                    at++;
                } else {
                    return false;
                }
            }
            words.add(new Word(text.toString(), glob));
            return at > start;
        }

        /// `!` alone is a word for find, and negates a pipeline otherwise.
        private boolean plain(char c, boolean first) {
            if (c < ' ' || c == 0x7f || "\n\r`(){}".indexOf(c) >= 0) {
                return false;
            }
            if (lenient) {
                return c != '#' || !first;
            }
            return switch (c) {
                case '$', '<', '>', '&' -> false;
                case '#' -> !first;
                case '~' -> !first && Character.isLetterOrDigit(line.charAt(at - 1));
                case '!' ->
                        first
                                && !words.isEmpty()
                                && (at + 1 == line.length() || line.charAt(at + 1) == ' ');
                default -> true;
            };
        }

        private boolean quoted(char quote, StringBuilder text) {
            int end = line.indexOf(quote, at + 1);
            if (end < 0) {
                return false;
            }
            var inside = line.substring(at + 1, end);
            boolean literal =
                    quote == '\''
                            || inside.chars().noneMatch(c -> c == '$' || c == '`' || c == '\\');
            if (!literal
                    && !(lenient
                            && inside.indexOf('\\') < 0
                            && inside.indexOf('`') < 0
                            && !inside.contains("$("))) {
                return false;
            }
            text.append(inside);
            at = end + 1;
            return inside.indexOf('\0') < 0;
        }
    }
}
