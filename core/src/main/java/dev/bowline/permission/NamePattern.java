package dev.bowline.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// A pattern for one name of a path: `*`, `?`, `[a-z]`, `[!a-z]`, `[[:digit:]]`, `\` before a
/// character that stands for itself. Matching takes time bounded by the product of both lengths.
///
/// - `any`: whether this is `**`, which stands for any number of names
/// - `literal`: whether only one name fits
record NamePattern(List<Token> tokens, boolean any, boolean literal, Optional<String> problem) {
    static final NamePattern ANY = new NamePattern(List.of(), true, false, Optional.empty());

    /// A part of a name.
    sealed interface Token {}

    /// One character, as a code point.
    record One(IntPredicate fits) implements Token {}

    /// Any characters.
    record Run() implements Token {}

    static NamePattern of(String text) {
        return text.equals("**") ? ANY : new Parser(text).parse();
    }

    boolean matches(String name) {
        var points = name.codePoints().toArray();
        int p = 0;
        int n = 0;
        int run = -1;
        int after = 0;
        while (n < points.length) {
            if (p < tokens.size() && tokens.get(p) instanceof Run) {
                run = p++;
                after = n;
            } else if (p < tokens.size()
                    && tokens.get(p) instanceof One(var fits)
                    && fits.test(points[n])) {
                p++;
                n++;
            } else if (run >= 0) {
                p = run + 1;
                n = ++after;
            } else {
                return false;
            }
        }
        return tokens.subList(p, tokens.size()).stream().allMatch(Run.class::isInstance);
    }

    private static final class Parser {
        private final int[] text;
        private final List<Token> tokens = new ArrayList<>();
        private int at;
        private boolean literal = true;
        private Optional<String> problem = Optional.empty();

        Parser(String text) {
            this.text = text.codePoints().toArray();
        }

        NamePattern parse() {
            while (at < text.length) {
                int c = text[at++];
                switch (c) {
                    case '*' -> run();
                    case '?' -> one(any -> true);
                    case '[' -> set();
                    case '\\' -> exactly(escaped());
                    default -> exactly(c);
                }
            }
            return new NamePattern(List.copyOf(tokens), false, literal, problem);
        }

        private void run() {
            literal = false;
            if (tokens.isEmpty() || !(tokens.getLast() instanceof Run)) {
                tokens.add(new Run());
            }
        }

        private void one(IntPredicate fits) {
            literal = false;
            tokens.add(new One(fits));
        }

        private void exactly(int c) {
            tokens.add(new One(other -> other == c));
        }

        private int escaped() {
            if (at == text.length) {
                problem = Optional.of("it ends with a single \\");
                return '\\';
            }
            return text[at++];
        }

        /// A set in brackets; without a closing one the bracket stands for itself.
        private void set() {
            int start = at;
            boolean negated = at < text.length && (text[at] == '!' || text[at] == '^');
            at += negated ? 1 : 0;
            IntPredicate all = none -> false;
            boolean first = true;
            while (at < text.length && (first || text[at] != ']')) {
                all = all.or(text[at] == '[' && isClass() ? named() : range());
                first = false;
            }
            if (at >= text.length) {
                problem = Optional.of("a [ has no ]");
                at = start;
                exactly('[');
                return;
            }
            at++;
            one(negated ? all.negate() : all);
        }

        private IntPredicate range() {
            int from = text[at++] == '\\' && at < text.length ? text[at++] : text[at - 1];
            if (at + 1 >= text.length || text[at] != '-' || text[at + 1] == ']') {
                return c -> c == from;
            }
            at++;
            int to = text[at++] == '\\' && at < text.length ? text[at++] : text[at - 1];
            if (to < from) {
                problem = Optional.of("a range in [] ends before it begins");
            }
            return c -> c >= from && c <= to;
        }

        private boolean isClass() {
            return at + 1 < text.length && text[at + 1] == ':' && closing() > 0;
        }

        /// Where the `:]` of a class is, or -1.
        private int closing() {
            for (int i = at + 2; i + 1 < text.length && text[i] != ']'; i++) {
                if (text[i] == ':' && text[i + 1] == ']') {
                    return i;
                }
            }
            return -1;
        }

        private IntPredicate named() {
            int end = closing();
            var name = new String(text, at + 2, end - at - 2);
            at = end + 2;
            return switch (name) {
                case "alpha" -> Character::isLetter;
                case "digit" -> c -> c >= '0' && c <= '9';
                case "alnum" -> c -> Character.isLetter(c) || c >= '0' && c <= '9';
                case "upper" -> Character::isUpperCase;
                case "lower" -> Character::isLowerCase;
                case "space", "blank" -> Character::isWhitespace;
                case "punct" -> c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
                case "xdigit" -> c -> Character.digit(c, 16) >= 0 && c < 128;
                default -> {
                    problem = Optional.of("there is no class [:" + name + ":]");
                    yield c -> false;
                }
            };
        }
    }
}
