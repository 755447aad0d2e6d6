package dev.bowline.tools.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Character classes and escapes of ripgrep's patterns, said in Java's syntax.
final class RustClass {
    /// A class and where reading goes on.
    record Read(String java, int end) {}

    /// A character and where reading goes on.
    record Literal(int codePoint, int end) {}

    private static final Map<String, String> POSIX =
            Map.ofEntries(
                    Map.entry("alnum", "0-9A-Za-z"),
                    Map.entry("alpha", "A-Za-z"),
                    Map.entry("ascii", "\\x00-\\x7F"),
                    Map.entry("blank", "\\x09\\x20"),
                    Map.entry("cntrl", "\\x00-\\x1F\\x7F"),
                    Map.entry("digit", "0-9"),
                    Map.entry("graph", "\\x21-\\x7E"),
                    Map.entry("lower", "a-z"),
                    Map.entry("print", "\\x20-\\x7E"),
                    Map.entry("punct", "\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E"),
                    Map.entry("space", "\\x09-\\x0D\\x20"),
                    Map.entry("upper", "A-Z"),
                    Map.entry("word", "0-9A-Za-z_"),
                    Map.entry("xdigit", "0-9A-Fa-f"));

    /// Long names of general categories, without blanks and in lower case.
    private static final Map<String, String> CATEGORIES =
            Map.ofEntries(
                    Map.entry("letter", "L"),
                    Map.entry("casedletter", "LC"),
                    Map.entry("uppercaseletter", "Lu"),
                    Map.entry("lowercaseletter", "Ll"),
                    Map.entry("titlecaseletter", "Lt"),
                    Map.entry("modifierletter", "Lm"),
                    Map.entry("otherletter", "Lo"),
                    Map.entry("mark", "M"),
                    Map.entry("nonspacingmark", "Mn"),
                    Map.entry("spacingmark", "Mc"),
                    Map.entry("enclosingmark", "Me"),
                    Map.entry("number", "N"),
                    Map.entry("decimalnumber", "Nd"),
                    Map.entry("digit", "Nd"),
                    Map.entry("letternumber", "Nl"),
                    Map.entry("othernumber", "No"),
                    Map.entry("punctuation", "P"),
                    Map.entry("connectorpunctuation", "Pc"),
                    Map.entry("dashpunctuation", "Pd"),
                    Map.entry("openpunctuation", "Ps"),
                    Map.entry("closepunctuation", "Pe"),
                    Map.entry("initialpunctuation", "Pi"),
                    Map.entry("finalpunctuation", "Pf"),
                    Map.entry("otherpunctuation", "Po"),
                    Map.entry("symbol", "S"),
                    Map.entry("mathsymbol", "Sm"),
                    Map.entry("currencysymbol", "Sc"),
                    Map.entry("modifiersymbol", "Sk"),
                    Map.entry("othersymbol", "So"),
                    Map.entry("separator", "Z"),
                    Map.entry("spaceseparator", "Zs"),
                    Map.entry("lineseparator", "Zl"),
                    Map.entry("paragraphseparator", "Zp"),
                    Map.entry("other", "C"),
                    Map.entry("control", "Cc"),
                    Map.entry("format", "Cf"),
                    Map.entry("privateuse", "Co"),
                    Map.entry("unassigned", "Cn"));

    private final String source;

    RustClass(String source) {
        this.source = source;
    }

    static String quoted(int codePoint) {
        if (codePoint == '_' || codePoint < 128 && Character.isLetterOrDigit(codePoint)) {
            return Character.toString(codePoint);
        }
        return String.format("\\x{%X}", codePoint);
    }

    /// Reads a class whose `[` is just before `start`.
    Read read(int start, boolean unicode, boolean blanks) {
        return new ClassReader(start, unicode, blanks).read();
    }

    /// Reads a class like `\d` or `\p{Greek}` whose letter is at `start`.
    Read perl(int start, boolean unicode) {
        char c = source.charAt(start);
        if (c == 'p' || c == 'P') {
            return property(start);
        }
        if (unicode) {
            return new Read("\\" + c, start + 1);
        }
        var ascii =
                switch (Character.toLowerCase(c)) {
                    case 'd' -> "0-9";
                    case 's' -> "\\x09-\\x0D\\x20";
                    default -> "0-9A-Za-z_";
                };
        return new Read("[" + (Character.isUpperCase(c) ? "^" : "") + ascii + "]", start + 1);
    }

    private Read property(int start) {
        boolean negated = source.charAt(start) == 'P';
        int at = start + 1;
        if (at >= source.length()) {
            throw RustRegex.error(source, start, "incomplete escape sequence");
        }
        String name;
        int end;
        if (source.charAt(at) == '{') {
            end = source.indexOf('}', at);
            if (end < 0) {
                throw RustRegex.error(source, start, "incomplete escape sequence");
            }
            name = source.substring(at + 1, end++);
        } else {
            name = source.substring(at, at + 1);
            end = at + 1;
        }
        if (name.startsWith("^")) {
            negated = !negated;
            name = name.substring(1);
        }
        return new Read((negated ? "[^" : "[") + named(name, start) + "]", end);
    }

    private String named(String given, int start) {
        int equals = given.indexOf('=');
        var name = given.substring(equals + 1).strip();
        var word = name.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
        if (word.equals("any")) {
            return "\\x{0}-\\x{10FFFF}";
        }
        if (word.equals("ascii")) {
            return "\\x00-\\x7F";
        }
        if (word.equals("assigned")) {
            return "\\P{Cn}";
        }
        var category = CATEGORIES.get(word);
        for (var candidate :
                List.of(category == null ? name : category, "Is" + name, "Is" + word)) {
            var java = "\\p{" + candidate + "}";
            if (compiles(java)) {
                return java;
            }
        }
        throw RustRegex.error(source, start, "Unicode property not found");
    }

    private static boolean compiles(String java) {
        try {
            return !Pattern.compile(java).pattern().isEmpty();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /// Reads an escaped character whose letter is at `start`.
    Literal escaped(int start) {
        char c = source.charAt(start);
        if (c >= '0' && c <= '9') {
            throw RustRegex.error(source, start, "backreferences are not supported");
        }
        int plain =
                switch (c) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'f' -> '\f';
                    case 'a' -> 7;
                    case 'v' -> 11;
                    default -> -1;
                };
        if (plain >= 0) {
            return new Literal(plain, start + 1);
        }
        if (c == 'x' || c == 'u' || c == 'U') {
            return hex(start, c == 'x' ? 2 : c == 'u' ? 4 : 8);
        }
        if (c < 128 && !Character.isLetterOrDigit(c) && c != '<' && c != '>') {
            return new Literal(c, start + 1);
        }
        throw RustRegex.error(source, start, "unrecognized escape sequence");
    }

    private Literal hex(int start, int digits) {
        int from = start + 1;
        int end = Math.min(source.length(), from + digits);
        boolean braced = from < source.length() && source.charAt(from) == '{';
        if (braced) {
            from++;
            end = source.indexOf('}', from);
        }
        try {
            int codePoint = Integer.parseInt(source, from, Math.max(from, end), 16);
            if (!Character.isValidCodePoint(codePoint) || !braced && end - from < digits) {
                throw RustRegex.error(
                        source, start, "hexadecimal literal is not a Unicode scalar value");
            }
            return new Literal(codePoint, braced ? end + 1 : end);
        } catch (NumberFormatException e) {
            throw RustRegex.error(source, start, "invalid hexadecimal digit");
        }
    }

    /// Reads one class with what is nested in it.
    private final class ClassReader {
        private final int start;
        private final boolean unicode;
        private final boolean blanks;
        private int at;

        ClassReader(int start, boolean unicode, boolean blanks) {
            this.start = start;
            this.unicode = unicode;
            this.blanks = blanks;
            this.at = start;
        }

        Read read() {
            boolean negated = next('^');
            var left = "";
            var operator = "";
            var union = new StringBuilder();
            boolean first = true;
            while (true) {
                char c = peek();
                if (c == ']' && !first) {
                    at++;
                    var all = combined(left, operator, union);
                    return new Read(negated ? "[^" + all + "]" : all, at);
                }
                var found = operator();
                if (!found.isEmpty()) {
                    left = combined(left, operator, union);
                    operator = found;
                    union.setLength(0);
                } else if (!blanks || !Character.isWhitespace(c)) {
                    item(union);
                } else {
                    at++;
                }
                first = false;
            }
        }

        private String operator() {
            for (var operator : List.of("&&", "--", "~~")) {
                if (source.startsWith(operator, at)) {
                    at += 2;
                    return operator;
                }
            }
            return "";
        }

        private String combined(String left, String operator, StringBuilder union) {
            var right = union.isEmpty() ? "[\\x00&&[^\\x00]]" : "[" + union + "]";
            return switch (operator) {
                case "" -> right;
                case "&&" -> "[" + left + "&&" + right + "]";
                case "--" -> "[" + left + "&&[^" + right + "]]";
                default -> "[[" + left + "&&[^" + right + "]][" + right + "&&[^" + left + "]]]";
            };
        }

        private void item(StringBuilder union) {
            char c = source.charAt(at);
            if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                if (posix(union)) {
                    return;
                }
            }
            if (c == '[') {
                var nested = RustClass.this.read(at + 1, unicode, blanks);
                at = nested.end();
                union.append(nested.java());
            } else if (c == '\\'
                    && at + 1 < source.length()
                    && "dDsSwWpP".indexOf(source.charAt(at + 1)) >= 0) {
                var perl = perl(at + 1, unicode);
                at = perl.end();
                union.append(perl.java());
            } else {
                range(union);
            }
        }

        private boolean posix(StringBuilder union) {
            int end = source.indexOf(":]", at);
            boolean negated = source.startsWith("[:^", at);
            var set = POSIX.get(source.substring(at + (negated ? 3 : 2), end));
            if (set == null) {
                return false;
            }
            at = end + 2;
            union.append(negated ? "[^" : "[").append(set).append(']');
            return true;
        }

        private void range(StringBuilder union) {
            int low = character();
            boolean range =
                    at + 1 < source.length()
                            && source.charAt(at) == '-'
                            && source.charAt(at + 1) != ']'
                            && source.charAt(at + 1) != '-';
            if (!range) {
                union.append(quoted(low));
                return;
            }
            at++;
            int high = character();
            if (high < low) {
                throw RustRegex.error(
                        source,
                        at - 1,
                        "invalid character class range, the start must be <= the end");
            }
            union.append(quoted(low)).append('-').append(quoted(high));
        }

        private int character() {
            if (peek() == '\\') {
                if (at + 1 >= source.length()) {
                    throw RustRegex.error(source, at, "incomplete escape sequence");
                }
                var escaped = escaped(at + 1);
                at = escaped.end();
                return escaped.codePoint();
            }
            int codePoint = source.codePointAt(at);
            at += Character.charCount(codePoint);
            return codePoint;
        }

        private boolean next(char c) {
            boolean there = peek() == c;
            at += there ? 1 : 0;
            return there;
        }

        private char peek() {
            if (at >= source.length()) {
                throw RustRegex.error(source, start - 1, "unclosed character class");
            }
            return source.charAt(at);
        }
    }
}
