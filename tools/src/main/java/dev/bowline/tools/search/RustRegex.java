package dev.bowline.tools.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads a pattern in ripgrep's syntax (that of Rust's regex) and says it in Java's. What that
/// syntax does not have (look-around, backreferences) is an error of the same kind.
final class RustRegex {
    /// A pattern ready to use.
    ///
    /// @param ascii the same for texts of ASCII alone
    /// @param spansLines whether a match may hold a line end
    /// @param literal the text that the pattern is, if it is plain text
    /// @param required a text that every match holds, or null when none is known
    record Compiled(
            Pattern pattern,
            Pattern ascii,
            boolean spansLines,
            @Nullable String literal,
            @Nullable String required) {
        /// The pattern for a text; one for ASCII alone is faster and finds the same there.
        Pattern on(String text) {
            return text.chars().allMatch(c -> c < 128) ? ascii : pattern;
        }
    }

    private static final int MAX_DEPTH = 250;
    private static final String META = ".+*?()|[]{}^$#&-~\\";

    /// Flags that change how the rest of a group reads.
    private record Flags(boolean multi, boolean dotAll, boolean lazy, boolean unicode, boolean x) {}

    private final String source;
    private final boolean multiline;
    private final RustClass classes;
    private final Deque<Flags> outer = new ArrayDeque<>();
    private Flags flags;
    private int at;
    private boolean spansLines;
    private @Nullable StringBuilder literal = new StringBuilder();
    private final StringBuilder run = new StringBuilder();
    private String required = "";

    /// Whether the pattern has alternatives outside groups, or letters may differ in case.
    private boolean branches;

    /// The character that was just read, or -1 for anything else.
    private int plain = -1;

    private RustRegex(String source, boolean multiline) {
        this.source = source;
        this.multiline = multiline;
        this.flags = new Flags(true, multiline, false, true, false);
        this.classes = new RustClass(source);
    }

    /// @throws IllegalArgumentException for a pattern that is not well formed, in ripgrep's form:
    ///   the pattern, a mark under the place, and what is wrong
    static Compiled compile(String source, boolean ignoreCase, boolean multiline) {
        var reading = new RustRegex(source, multiline);
        var java = reading.alternation();
        if (reading.at < source.length()) {
            throw error(source, reading.at, "unopened group");
        }
        int plain = ignoreCase ? Pattern.UNIX_LINES | Pattern.CASE_INSENSITIVE : Pattern.UNIX_LINES;
        int full = plain | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
        try {
            var literal = reading.literal;
            boolean textual = !ignoreCase && !reading.branches;
            return new Compiled(
                    Pattern.compile(java, full),
                    Pattern.compile(java, plain),
                    multiline && reading.spansLines,
                    !textual || literal == null || literal.isEmpty() ? null : literal.toString(),
                    textual && reading.required.length() > 1 ? reading.required : null);
        } catch (PatternSyntaxException e) {
            throw error(source, Math.max(0, e.getIndex()), String.valueOf(e.getDescription()));
        }
    }

    /// The pattern for a ripgrep of any age: escapes of punctuation that needs none lose their
    /// backslash, `(?<name>` becomes `(?P<name>`.
    static String normal(String source) {
        var normal = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\' && i + 1 < source.length()) {
                char next = source.charAt(++i);
                normal.append(needless(next) ? "" : "\\").append(next);
            } else if (source.startsWith("(?<", i)
                    && i + 3 < source.length()
                    && Character.isLetter(source.charAt(i + 3))) {
                normal.append("(?P<");
                i += 2;
            } else {
                normal.append(c);
            }
        }
        return normal.toString();
    }

    private static boolean needless(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c) && (META + "<>").indexOf(c) < 0;
    }

    static IllegalArgumentException error(String source, int at, String what) {
        var shown = source.replace('\n', ' ');
        return new IllegalArgumentException(
                "regex parse error:\n    "
                        + shown
                        + "\n    "
                        + " ".repeat(Math.min(at, shown.length()))
                        + "^\nerror: "
                        + what);
    }

    private IllegalArgumentException error(String what) {
        return error(source, Math.max(0, at - 1), what);
    }

    private String alternation() {
        var java = new StringBuilder();
        while (true) {
            branch(java);
            if (at >= source.length() || source.charAt(at) != '|') {
                return java.toString();
            }
            at++;
            literal = null;
            branches |= outer.isEmpty();
            java.append('|');
        }
    }

    private void branch(StringBuilder java) {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '|' || c == ')') {
                return;
            }
            if (flags.x && skipped(c)) {
                continue;
            }
            plain = -1;
            var atom = atom();
            var whole = repeated(atom);
            java.append(whole);
            extend(whole.equals(atom) ? plain : -1);
        }
    }

    /// Keeps the longest run of plain characters outside groups.
    private void extend(int codePoint) {
        if (!outer.isEmpty()) {
            return;
        }
        if (codePoint < 0) {
            run.setLength(0);
            return;
        }
        run.appendCodePoint(codePoint);
        if (run.length() > required.length()) {
            required = run.toString();
        }
    }

    private boolean skipped(char c) {
        if (c == '#') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end + 1;
            return true;
        }
        if (Character.isWhitespace(c)) {
            at++;
            return true;
        }
        return false;
    }

    private String repeated(String atom) {
        var java = atom;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (flags.x && skipped(c)) {
                continue;
            }
            if (c != '*' && c != '+' && c != '?' && c != '{') {
                return java;
            }
            if (atom.isEmpty()) {
                at++;
                throw error("repetition operator missing expression");
            }
            literal = null;
            var times = c == '{' ? counted() : String.valueOf(source.charAt(at++));
            boolean lazy = at < source.length() && source.charAt(at) == '?';
            at += lazy ? 1 : 0;
            java = "(?:" + java + ")" + times + (lazy != flags.lazy ? "?" : "");
        }
        return java;
    }

    private String counted() {
        int end = source.indexOf('}', at);
        if (end < 0) {
            at++;
            throw error("unclosed counted repetition");
        }
        var inner = source.substring(at + 1, end).replace(" ", "");
        if (!inner.matches("\\d{1,6}(,\\d{0,6})?")) {
            at = end;
            throw error("repetition quantifier expects a valid decimal");
        }
        int comma = inner.indexOf(',');
        if (comma >= 0
                && comma < inner.length() - 1
                && Integer.parseInt(inner.substring(comma + 1))
                        < Integer.parseInt(inner.substring(0, comma))) {
            at = end;
            throw error("invalid repetition count range, the start must be <= the end");
        }
        at = end + 1;
        return "{" + inner + "}";
    }

    private String atom() {
        char c = source.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> charClass();
            case '.' -> dot();
            case '^' -> anchor(flags.multi && multiline ? "(?<![^\\n])" : "^");
            case '$' -> anchor(flags.multi && multiline ? "(?![^\\n])" : "\\z");
            case '*', '+', '?' -> throw error("repetition operator missing expression");
            case '{' -> throw error("repetition operator missing expression");
            case '\\' -> escape();
            default ->
                    character(
                            source.codePointAt(at - 1),
                            Character.charCount(source.codePointAt(at - 1)) - 1);
        };
    }

    private String anchor(String java) {
        literal = null;
        spansLines |= flags.multi;
        return java;
    }

    private String dot() {
        literal = null;
        spansLines |= flags.dotAll;
        return flags.dotAll ? "(?s:.)" : ".";
    }

    private String charClass() {
        literal = null;
        var read = classes.read(at, flags.unicode, flags.x);
        at = read.end();
        return spanning(read.java());
    }

    private String character(int codePoint, int further) {
        at += further;
        if (codePoint == '\n') {
            if (!multiline) {
                throw new IllegalArgumentException(
                        "the literal '\"\\n\"' is not allowed in a regex\n\nConsider enabling multiline mode: set multiline to true.");
            }
            spansLines = true;
        }
        if (literal != null) {
            literal.appendCodePoint(codePoint);
        }
        plain = codePoint;
        return RustClass.quoted(codePoint);
    }

    private String escape() {
        if (at >= source.length()) {
            throw error("incomplete escape sequence, reached end of pattern prematurely");
        }
        char c = source.charAt(at++);
        return switch (c) {
            case 'b', 'B', 'A', 'z' -> edge(c);
            case 'd', 'D', 's', 'S', 'w', 'W', 'p', 'P' -> {
                literal = null;
                var read = classes.perl(at - 1, flags.unicode);
                at = read.end();
                yield spanning(read.java());
            }
            default -> {
                var read = classes.escaped(at - 1);
                at = read.end();
                yield character(read.codePoint(), 0);
            }
        };
    }

    private String edge(char c) {
        literal = null;
        boolean ascii = !flags.unicode && (c == 'b' || c == 'B');
        return ascii ? "(?-U:\\" + c + ")" : "\\" + c;
    }

    private String spanning(String java) {
        spansLines |=
                Pattern.compile(java, Pattern.UNICODE_CHARACTER_CLASS).matcher("\n").matches();
        return java;
    }

    private String group() {
        literal = null;
        if (outer.size() >= MAX_DEPTH) {
            throw error("exceeded the maximum nesting depth (" + MAX_DEPTH + ")");
        }
        int opened = at;
        var head = "(?:";
        var before = flags;
        if (at < source.length() && source.charAt(at) == '?') {
            at++;
            head = special();
            if (head.endsWith(")")) {
                return head.equals("(?)") ? "" : head;
            }
        }
        outer.push(before);
        var inner = alternation();
        flags = outer.pop();
        if (at >= source.length()) {
            at = opened;
            throw error("unclosed group");
        }
        at++;
        plain = -1;
        return head + inner + ")";
    }

    /// Reads what follows `(?`: a name, or flags for the rest of the group or for a group.
    private String special() {
        for (var look : new String[] {"=", "!", "<=", "<!"}) {
            if (source.startsWith(look, at)) {
                throw error("look-around, including look-ahead and look-behind, is not supported");
            }
        }
        if (source.startsWith("P<", at) || source.startsWith("<", at)) {
            int end = source.indexOf('>', at);
            var name = end < 0 ? "" : source.substring(source.indexOf('<', at) + 1, end);
            if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_.\\[\\]]*")) {
                at++;
                throw error(end < 0 ? "unclosed capture group name" : "invalid capture group name");
            }
            at = end + 1;
            return "(?:";
        }
        return flagged();
    }

    private String flagged() {
        boolean on = true;
        var insensitive = "";
        while (at < source.length()) {
            char c = source.charAt(at++);
            switch (c) {
                case '-' -> on = false;
                case 'i' -> {
                    insensitive = on ? "i" : "-i";
                    branches = true;
                }
                case 'm' -> flags = new Flags(on, flags.dotAll, flags.lazy, flags.unicode, flags.x);
                case 's' -> flags = new Flags(flags.multi, on, flags.lazy, flags.unicode, flags.x);
                case 'U' ->
                        flags = new Flags(flags.multi, flags.dotAll, on, flags.unicode, flags.x);
                case 'u' -> flags = new Flags(flags.multi, flags.dotAll, flags.lazy, on, flags.x);
                case 'x' ->
                        flags = new Flags(flags.multi, flags.dotAll, flags.lazy, flags.unicode, on);
                case ')' -> {
                    return "(?" + insensitive + ")";
                }
                case ':' -> {
                    return "(?" + insensitive + ":";
                }
                default -> throw error("unrecognized flag");
            }
        }
        throw error("expected flag but got end of regex");
    }
}
