package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brace expansion as bash does it, on the text of a word with its quotes still in it.
final class Braces {
    /// How many characters may be looked at for one word; some are looked at again.
    private static final int MAX_STEPS = 200_000;

    private static final int MAX_DEPTH = 60;
    private static final int MAX_CHARACTERS = 16 * Words.TooManyWords.LIMIT;

    private int steps;
    private int depth;

    List<String> expand(String text) {
        if (++depth > MAX_DEPTH) {
            throw new Words.TooManyWords();
        }
        int open = opening(text);
        if (open < 0) {
            depth--;
            return List.of(text);
        }
        int close = find(text, open + 1, '}');
        String inner = text.substring(open + 1, close);
        String rest = text.substring(close + 1);
        List<String> middle = hasComma(inner) ? parts(inner) : Sequence.of(inner);
        if (middle == null) {
            middle = List.of(text.substring(open, close + 1));
        }
        List<String> words = joined(List.of(text.substring(0, open)), middle);
        if (!rest.isEmpty()) {
            words = joined(words, expand(rest));
        }
        depth--;
        return words;
    }

    /// Where the first brace is that has another to close it, or -1.
    private int opening(String text) {
        int open = find(text, 0, '{');
        while (open >= 0 && find(text, open + 1, '}') < 0) {
            open = find(text, open + 1, '{');
        }
        return open;
    }

    /// Whether there is a comma; one in quotes counts here too.
    private static boolean hasComma(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == ',') {
                return true;
            }
        }
        return false;
    }

    private List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = find(text, start, ',');
            int end = comma < 0 ? text.length() : comma;
            parts.addAll(expand(text.substring(start, end)));
            start = end + 1;
        }
        return parts;
    }

    private static List<String> joined(List<String> starts, List<String> ends) {
        if ((long) starts.size() * ends.size() > Words.TooManyWords.LIMIT) {
            throw new Words.TooManyWords();
        }
        List<String> words = new ArrayList<>();
        long characters = 0;
        for (String start : starts) {
            for (String end : ends) {
                words.add(start + end);
                characters += start.length() + end.length();
                if (characters > MAX_CHARACTERS) {
                    throw new Words.TooManyWords();
                }
            }
        }
        return words;
    }

    /// Where the sign is that isn't in quotes, substitutions and further braces, or -1. A closing
    /// brace only counts behind a comma or two points.
    private int find(String text, int from, char sign) {
        int level = 0;
        int quote = 0;
        boolean separated = sign != '}';
        for (int at = from; at < text.length(); at++) {
            if (++steps > MAX_STEPS) {
                throw new Words.TooManyWords();
            }
            char c = text.charAt(at);
            char second = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (c == '\\' && quote != '\'') {
                at++;
            } else if (c == '$' && second == '{' && quote != '\'') {
                level += quote == 0 ? 1 : 0;
                at++;
            } else if (substitution(c, second, quote)) {
                at = behind(text, at) - 1;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == sign && level == 0 && separated && !alone(text, at, c)) {
                return at;
            } else if (c == '{') {
                level++;
            } else if (c == '}' && level > 0) {
                level--;
            } else if (level == 0 && !separated) {
                separated = c == ',' || points(text, at);
            }
        }
        return -1;
    }

    private static boolean substitution(char c, char second, int quote) {
        if (c == '$' && second == '\'') {
            return quote == 0;
        }
        return second == '('
                && (c == '$' && (quote == 0 || quote == '"')
                        || (c == '<' || c == '>') && quote == 0);
    }

    /// Two points that don't stand directly before the closing brace.
    private static boolean points(String text, int at) {
        return text.startsWith("..", at) && (at + 2 >= text.length() || text.charAt(at + 2) != '}');
    }

    /// `{}` at the start of a word, and `{` with nothing around it, are plain.
    private static boolean alone(String text, int at, char c) {
        return c == '{' && at == 0 && (text.length() == 1 || text.charAt(1) == '}');
    }

    /// The index behind a substitution.
    private int behind(String text, int at) {
        Parser parser = new Parser(text, 0);
        parser.in.at = at;
        try {
            if (text.charAt(at) == '$') {
                parser.expansions.dollar(new Pieces(), Quotes.Context.PLAIN);
            } else {
                parser.expansions.process();
            }
        } catch (Refused refused) {
            throw new Words.TooManyWords();
        }
        steps += parser.in.at - at;
        return parser.in.at;
    }

    /// `1..9..2` and `a..e`.
    private static final class Sequence {
        private Sequence() {}

        static @Nullable List<String> of(String text) {
            String[] ends = text.split("\\.\\.", -1);
            if (ends.length < 2 || ends.length > 3 || ends[0].isEmpty() || ends[1].isEmpty()) {
                return null;
            }
            Long step = ends.length == 3 ? number(ends[2]) : Long.valueOf(1);
            if (step == null) {
                return null;
            }
            if (letter(ends[0]) && letter(ends[1])) {
                return letters(ends[0].charAt(0), ends[1].charAt(0), step);
            }
            Long first = number(ends[0]);
            Long last = number(ends[1]);
            return first == null || last == null
                    ? null
                    : numbers(first, last, step, width(ends[0], ends[1]));
        }

        private static boolean letter(String text) {
            return text.length() == 1
                    && Characters.nameStart(text.charAt(0))
                    && text.charAt(0) != '_';
        }

        private static @Nullable Long number(String text) {
            int sign = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
            boolean digits =
                    text.length() > sign
                            && text.substring(sign).chars().allMatch(Characters::digit);
            if (!digits) {
                return null;
            }
            if (text.length() > 15) {
                throw new Words.TooManyWords();
            }
            return Long.valueOf(text);
        }

        private static int width(String first, String last) {
            boolean padded = padded(first) || padded(last);
            return padded ? Math.max(first.length(), last.length()) : 0;
        }

        private static boolean padded(String text) {
            return text.length() > 1 && text.startsWith("0")
                    || text.length() > 2 && text.startsWith("-0");
        }

        private static List<String> numbers(long first, long last, long step, int width) {
            List<String> words = new ArrayList<>();
            for (long value : values(first, last, step)) {
                words.add(width == 0 ? Long.toString(value) : padded(value, width));
            }
            return words;
        }

        private static String padded(long value, int width) {
            return width > 64
                    ? tooWide()
                    : String.format(java.util.Locale.ROOT, "%0" + width + "d", value);
        }

        private static String tooWide() {
            throw new Words.TooManyWords();
        }

        private static List<String> letters(char first, char last, long step) {
            if (Character.isUpperCase(first) != Character.isUpperCase(last)) {
                // quotes lie between them
                throw new Words.TooManyWords();
            }
            List<String> words = new ArrayList<>();
            for (long value : values(first, last, step)) {
                words.add(String.valueOf((char) value));
            }
            return words;
        }

        private static List<Long> values(long first, long last, long step) {
            long size = step == 0 ? 1 : Math.abs(step);
            if (Math.abs(last - first) / size >= Words.TooManyWords.LIMIT) {
                throw new Words.TooManyWords();
            }
            List<Long> values = new ArrayList<>();
            for (long done = 0; done <= Math.abs(last - first); done += size) {
                values.add(first <= last ? first + done : first - done);
            }
            return values;
        }
    }
}
