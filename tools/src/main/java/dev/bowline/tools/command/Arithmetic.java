package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.List;

/// Expressions of the shell. The values of their variables are evaluated in turn, and a subscript
/// in one may run commands; so only numbers are harmless.
final class Arithmetic {
    private final Scope scope;

    Arithmetic(Scope scope) {
        this.scope = scope;
    }

    /// Whether all names in an expression are numbers, or nothing; pieces that begin with `$` are
    /// looked at elsewhere.
    boolean isHarmless(String source) {
        for (var name : names(source)) {
            if (!scope.value(name).number() && !scope.isUnset(name)) {
                return false;
            }
        }
        return source.indexOf('`') < 0 && !source.equals("$");
    }

    /// Whether a text that is evaluated as it is holds no more than numbers and their names.
    boolean isHarmlessText(String text) {
        return text.indexOf('$') < 0 && isHarmless(text);
    }

    /// Whether a subscript is a number; its parameters count as well.
    boolean isHarmlessSubscript(String source) {
        for (int at = source.indexOf('$'); at >= 0; at = source.indexOf('$', at + 1)) {
            int start = at + 1 < source.length() && source.charAt(at + 1) == '{' ? at + 2 : at + 1;
            if (!scope.value(source.substring(start, wordEnd(source, start))).number()) {
                return false;
            }
        }
        return isHarmless(source);
    }

    /// The variable names; those behind `$` are left out.
    static List<String> names(String source) {
        var names = new ArrayList<String>();
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '$') {
                at = behindParameter(source, at + 1);
            } else if (c >= '0' && c <= '9') {
                at = wordEnd(source, at);
            } else if (Character.isLetter(c) || c == '_') {
                int end = wordEnd(source, at);
                names.add(source.substring(at, end));
                at = end;
            } else {
                at++;
            }
        }
        return names;
    }

    private static int behindParameter(String source, int at) {
        if (at < source.length() && (source.charAt(at) == '{' || source.charAt(at) == '(')) {
            char open = source.charAt(at);
            char close = open == '{' ? '}' : ')';
            int depth = 0;
            for (int i = at; i < source.length(); i++) {
                depth += source.charAt(i) == open ? 1 : source.charAt(i) == close ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return source.length();
        }
        return Math.max(at, wordEnd(source, at));
    }

    private static int wordEnd(String source, int at) {
        int end = at;
        while (end < source.length()
                && (Character.isLetterOrDigit(source.charAt(end))
                        || source.charAt(end) == '_'
                        || source.charAt(end) == '#' && end > at)) {
            end++;
        }
        return end;
    }

    /// The variables that an expression may set; all of them if it sets any.
    static List<String> assigned(String source) {
        boolean sets =
                source.contains("++")
                        || source.contains("--")
                        || source.replaceAll("[=!<>]=", "").contains("=")
                        || source.contains("<<=")
                        || source.contains(">>=");
        return sets ? names(source) : List.of();
    }

    /// Whether the operation cuts a part out, by numbers.
    static boolean isSlice(String operation) {
        return operation.startsWith(":")
                && (operation.length() == 1 || "-=?+".indexOf(operation.charAt(1)) < 0);
    }

    /// What stands in the brackets behind a name, as written; empty for none.
    static String subscript(String source, String name) {
        int at = source.indexOf(name + "[");
        if (at < 1 || "{!#".indexOf(source.charAt(at - 1)) < 0) {
            return "";
        }
        int end = source.indexOf(']', at);
        return end < 0 ? "$" : source.substring(at + name.length() + 1, end);
    }
}
