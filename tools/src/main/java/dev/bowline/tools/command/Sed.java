package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// `sed`: reads its operands, changes them with `-i`. Scripts with `e`, `r`, `w` and the like, and
/// scripts in files, are for exact rules.
final class Sed {
    private static final Options OPTIONS =
            Options.of(
                    "nErsuz e: l: f< i? I? --quiet --silent --expression= --regexp-extended --separate --null-data --unbuffered --posix --debug --line-length= --file< --in-place? --follow-symlinks --sandbox");

    private final String script;
    private int at;

    private Sed(String script) {
        this.script = script;
    }

    static Verdict judge(Call call) {
        var taken = OPTIONS.take(call.arguments());
        var touched = new Touched(call);
        taken.reads().forEach(touched::reads);
        boolean named = taken.has("-e", "--expression", "-f", "--file");
        boolean changes = taken.has("-i", "-I", "--in-place");
        var operands = taken.operands();
        var files = named || operands.isEmpty() ? operands : operands.subList(1, operands.size());
        for (var file : files) {
            if (!file.is("-")) {
                touched.reads(file);
                if (changes) {
                    touched.writes(file);
                    backups(taken, file).forEach(touched::writes);
                }
            }
        }
        boolean known = taken.known() && touched.isComplete() && hasPlainBackup(taken);
        return Verdict.of(nature(call, named, taken, known, changes), touched.files());
    }

    private static Nature nature(
            Call call, boolean named, Options.Taken taken, boolean known, boolean changes) {
        if (taken.has("-f", "--file")) {
            return Nature.GUARDED;
        }
        var operands = taken.operands();
        boolean harmless = !call.arguments().isEmpty();
        if (named) {
            harmless = scripts(call.arguments());
        } else if (!operands.isEmpty()) {
            harmless = harmless(operands.getFirst());
        }
        return !harmless
                ? Nature.GUARDED
                : !known ? Nature.PLAIN : changes ? Nature.EDITS : Nature.READS;
    }

    /// With a suffix it writes files of other names too; not judged if the suffix is more than one.
    private static boolean hasPlainBackup(Options.Taken taken) {
        return suffixes(taken).allMatch(suffix -> suffix.matches("[.~A-Za-z0-9_-]*"));
    }

    private static List<Argument> backups(Options.Taken taken, Argument file) {
        return suffixes(taken)
                .filter(suffix -> !suffix.isEmpty())
                .flatMap(suffix -> file.values().stream().map(text -> Argument.of(text + suffix)))
                .toList();
    }

    private static Stream<String> suffixes(Options.Taken taken) {
        return Stream.of("-i", "-I", "--in-place")
                .map(taken.values()::get)
                .filter(Objects::nonNull)
                .map(Argument::orEmpty);
    }

    private static boolean scripts(List<Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            var text = arguments.get(i).orEmpty();
            boolean next = text.matches("-[nErsuz]*e|--expression");
            if (next && (i + 1 == arguments.size() || !harmless(arguments.get(++i)))) {
                return false;
            }
            if (!next
                    && text.matches("(?s)-[nErsuz]*e.+")
                    && !isHarmless(text.substring(text.indexOf('e') + 1))) {
                return false;
            }
            if (text.startsWith("--expression=") && !isHarmless(text.substring(13))) {
                return false;
            }
        }
        return true;
    }

    private static boolean harmless(Argument script) {
        return script.isKnown() && script.values().stream().allMatch(Sed::isHarmless);
    }

    /// Whether every command of a script only looks at and changes what is printed.
    static boolean isHarmless(String script) {
        return new Sed(script).commands();
    }

    private boolean commands() {
        while (at < script.length()) {
            skip(" \t\n;{}");
            if (at < script.length() && (!addresses() || at < script.length() && !command())) {
                return false;
            }
        }
        return true;
    }

    private void skip(String some) {
        while (at < script.length() && some.indexOf(script.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean addresses() {
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '/') {
                at++;
                if (!delimited('/')) {
                    return false;
                }
                skip("IM");
            } else if (c == '\\') {
                if (at + 1 >= script.length() || script.charAt(at + 1) == '\n') {
                    return false;
                }
                char delimiter = script.charAt(at + 1);
                at += 2;
                if (!delimited(delimiter)) {
                    return false;
                }
                skip("IM");
            } else if ("0123456789$,~+! \t".indexOf(c) >= 0) {
                at++;
            } else {
                return true;
            }
        }
        return true;
    }

    private boolean delimited(char delimiter) {
        boolean bracket = false;
        while (at < script.length()) {
            char c = script.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[' || c == '\n') {
                // An end inside brackets is read differently by different seds.
                bracket |= c == '[';
            } else if (c == delimiter) {
                return !bracket || delimiterIsOutside(delimiter);
            }
        }
        return false;
    }

    /// Brackets that hold the delimiter aren't judged.
    private boolean delimiterIsOutside(char delimiter) {
        int open = script.lastIndexOf('[', at - 2);
        int close = script.indexOf(']', open + 2);
        return delimiter != '[' && delimiter != ']' && close >= 0 && close < at - 1;
    }

    private boolean command() {
        char c = script.charAt(at++);
        return switch (c) {
            case 's' -> substitution();
            case 'y' -> transliteration();
            case 'p', 'P', 'd', 'D', 'n', 'N', 'h', 'H', 'g', 'G', 'x', '=', 'z' -> end();
            case 'q', 'Q', 'l' -> {
                skip(" \t0123456789");
                yield end();
            }
            case 'a', 'i', 'c' -> {
                at = script.length();
                yield !script.contains("\n") || script.indexOf('\n') == script.length() - 1;
            }
            case '{' -> true;
            case '#' -> {
                at = nextOrEnd('\n');
                yield true;
            }
            case 'b', 't', 'T', ':' -> {
                boolean more = script.indexOf(';', at) >= 0;
                at = Math.min(nextOrEnd('\n'), nextOrEnd(';'));
                yield !more || !script.contains("\n");
            }
            default -> false;
        };
    }

    private boolean transliteration() {
        char delimiter = at < script.length() ? script.charAt(at++) : '\n';
        return isDelimiter(delimiter) && delimited(delimiter) && delimited(delimiter) && end();
    }

    private int nextOrEnd(char c) {
        int next = script.indexOf(c, at);
        return next < 0 ? script.length() : next;
    }

    private static boolean isDelimiter(char c) {
        return c != '\n' && c != '\\';
    }

    private boolean substitution() {
        char delimiter = at < script.length() ? script.charAt(at++) : '\n';
        if (!isDelimiter(delimiter) || !delimited(delimiter) || !replacement(delimiter)) {
            return false;
        }
        skip("gpiI0123456789mM");
        return end();
    }

    private boolean replacement(char delimiter) {
        while (at < script.length()) {
            char c = script.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == delimiter) {
                return true;
            }
        }
        return false;
    }

    private boolean end() {
        skip(" \t");
        return at >= script.length() || ";\n}#".indexOf(script.charAt(at)) >= 0;
    }
}
