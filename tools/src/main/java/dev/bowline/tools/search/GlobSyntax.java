package dev.bowline.tools.search;

import java.util.ArrayList;
import java.util.List;

/// Turns a glob into a regular expression over paths with `/`: `?` and `*` stay within one name,
/// `**` as a whole name crosses folders, `[a-z]`, `[!a]`, `{a,b}`, `\` takes the next character as
/// it is.
final class GlobSyntax {
    private static final String PREFIX = "(?:/?|.*/)";
    private static final String MIDDLE = "(?:/|/.*/)";
    private static final String SUFFIX = "/.*";

    private final String glob;
    private final List<List<String>> open = new ArrayList<>();
    private int at;

    private GlobSyntax(String glob) {
        this.glob = glob;
        open.add(new ArrayList<>());
    }

    /// @throws IllegalArgumentException for a glob that is not well formed; the message says why
    static String regex(String glob) {
        return new GlobSyntax(glob).translate();
    }

    private String translate() {
        var branches = new ArrayList<StringBuilder>();
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '?' -> push("[^/]");
                case '*' -> star();
                case '[' -> push(charClass());
                case '{' -> {
                    open.add(new ArrayList<>());
                    branches.add(new StringBuilder());
                }
                case '}' -> close(branches);
                case ',' -> comma(branches);
                case '\\' -> push(literal(escaped()));
                default -> push(literal(c));
            }
        }
        if (open.size() > 1) {
            throw wrong("unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)");
        }
        var tokens = open.getFirst();
        return tokens.equals(List.of(PREFIX)) ? ".*" : String.join("", tokens);
    }

    private void close(List<StringBuilder> branches) {
        if (open.size() < 2) {
            throw wrong("unopened alternate group; missing '{' (maybe escape '}' with '[}]'?)");
        }
        var last = branches.removeLast().append(String.join("", open.removeLast()));
        push("(?:" + last + ")");
    }

    private void comma(List<StringBuilder> branches) {
        if (open.size() < 2) {
            push(",");
        } else {
            branches.getLast().append(String.join("", open.getLast())).append('|');
            open.getLast().clear();
        }
    }

    private void star() {
        char before = at >= 2 ? glob.charAt(at - 2) : 0;
        if (at >= glob.length() || glob.charAt(at) != '*') {
            push("[^/]*");
            return;
        }
        at++;
        boolean end = at >= glob.length();
        char next = end ? 0 : glob.charAt(at);
        if (open.size() == 1 && open.getFirst().isEmpty()) {
            push(end || next == '/' ? PREFIX : "[^/]*");
            at += next == '/' ? 1 : 0;
            return;
        }
        boolean inside = open.size() > 1;
        boolean starts = before == '/' || inside && (before == ',' || before == '{');
        boolean last = end || inside && (next == ',' || next == '}');
        if (!starts || !last && next != '/') {
            push("[^/]*");
            return;
        }
        at += next == '/' ? 1 : 0;
        recursive(last);
    }

    private void recursive(boolean last) {
        var tokens = open.getLast();
        var previous = tokens.isEmpty() ? "" : tokens.removeLast();
        if (previous.equals(PREFIX) || previous.equals(SUFFIX)) {
            tokens.add(previous);
        } else if (previous.isEmpty()) {
            tokens.add(last ? ".*" : PREFIX);
        } else {
            tokens.add(last ? SUFFIX : MIDDLE);
        }
    }

    private String charClass() {
        var regex = new StringBuilder("[");
        if (at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^')) {
            regex.append('^');
            at++;
        }
        boolean first = true;
        while (first || at < glob.length() && glob.charAt(at) != ']') {
            if (at >= glob.length()) {
                throw wrong("unclosed character class; missing ']'");
            }
            range(regex);
            first = false;
        }
        if (at >= glob.length()) {
            throw wrong("unclosed character class; missing ']'");
        }
        at++;
        return regex.append(']').toString();
    }

    private void range(StringBuilder regex) {
        char low = glob.charAt(at++);
        boolean range =
                at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']';
        if (!range) {
            regex.append(literal(low));
            return;
        }
        char high = glob.charAt(at + 1);
        at += 2;
        if (high < low) {
            throw wrong("invalid range; '" + low + "' > '" + high + "'");
        }
        regex.append(literal(low)).append('-').append(literal(high));
    }

    private char escaped() {
        if (at >= glob.length()) {
            throw wrong("dangling '\\'");
        }
        return glob.charAt(at++);
    }

    private static String literal(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '_' || c > 127
                ? String.valueOf(c)
                : "\\" + c;
    }

    private void push(String token) {
        open.getLast().add(token);
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("error parsing glob '" + glob + "': " + why);
    }
}
