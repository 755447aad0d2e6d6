package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.Set;

/// `awk`: only reads if its program has nothing that starts programs, writes files or opens others.
/// A program that starts or writes is for exact rules.
final class Awk {
    private static final Options OPTIONS =
            Options.of("F: v: --field-separator= --assign= --re-interval --posix --traditional");
    private static final Set<String> ACTING =
            Set.of(
                    "system",
                    "getline",
                    "close",
                    "fflush",
                    "ARGV",
                    "ARGC",
                    "ENVIRON",
                    "PROCINFO",
                    "SYMTAB",
                    "FUNCTAB");

    private final String program;
    private int at;
    private boolean operand;
    private boolean printing;
    private int depth;

    private Awk(String program) {
        this.program = program;
    }

    static Verdict judge(Call call) {
        var taken = OPTIONS.take(call.arguments(), true);
        var touched = new Touched(call);
        var operands = taken.operands();
        if (!taken.known() || operands.isEmpty()) {
            boolean loads =
                    call.has(
                            "-f",
                            "-i",
                            "-l",
                            "-E",
                            "--file=",
                            "--include=",
                            "--load=",
                            "--exec=",
                            "-o",
                            "-p",
                            "-d");
            return Verdict.of(loads || call.arguments().isEmpty() ? Nature.GUARDED : worst(call));
        }
        for (var file : operands.subList(1, operands.size())) {
            if (!file.is("-") && !file.orEmpty().matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
                touched.reads(file);
            }
        }
        var program = operands.getFirst();
        boolean harmless =
                program.isKnown() && program.matches() == null && isHarmless(program.orEmpty());
        return Verdict.of(
                !harmless ? Nature.GUARDED : touched.isComplete() ? Nature.READS : Nature.PLAIN,
                touched.files());
    }

    private static Nature worst(Call call) {
        return call.arguments().stream()
                        .allMatch(word -> word.isKnown() && isHarmless(word.orEmpty()))
                ? Nature.PLAIN
                : Nature.GUARDED;
    }

    /// Whether a program is certain to do nothing but compute and print.
    static boolean isHarmless(String program) {
        return new Awk(program).tokens();
    }

    private boolean tokens() {
        while (at < program.length()) {
            char c = program.charAt(at);
            if (Character.isLetter(c) || c == '_') {
                if (!name()) {
                    return false;
                }
            } else if (c == '"') {
                if (!until('"')) {
                    return false;
                }
            } else if (c == '/' && !operand) {
                if (!until('/')) {
                    return false;
                }
            } else if (c == '#') {
                int line = program.indexOf('\n', at);
                at = line < 0 ? program.length() : line;
            } else if (!symbol(c)) {
                return false;
            }
        }
        return true;
    }

    private boolean name() {
        int start = at;
        while (at < program.length()
                && (Character.isLetterOrDigit(program.charAt(at)) || program.charAt(at) == '_')) {
            at++;
        }
        var name = program.substring(start, at);
        if (name.equals("print") || name.equals("printf")) {
            printing = true;
            depth = 0;
            operand = false;
            return true;
        }
        operand =
                !Set.of("in", "return", "if", "while", "for", "do", "else", "BEGIN", "END")
                        .contains(name);
        return !ACTING.contains(name);
    }

    private boolean until(char quote) {
        at++;
        while (at < program.length() && program.charAt(at) != quote) {
            if (program.charAt(at) == '[' && quote == '/' || program.charAt(at) == '\n') {
                return bracketed(quote);
            }
            at += program.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        operand = true;
        return at <= program.length();
    }

    /// A bracket in a pattern without a slash in it.
    private boolean bracketed(char quote) {
        int close = program.indexOf(']', at + 2);
        if (program.charAt(at) == '\n'
                || close < 0
                || program.substring(at, close).contains("/")
                || program.substring(at, close).contains("\\")) {
            return false;
        }
        at = close;
        return until(quote);
    }

    private boolean symbol(char c) {
        at++;
        char next = at < program.length() ? program.charAt(at) : ' ';
        switch (c) {
            case '|' -> {
                at++;
                operand = false;
                return next == '|';
            }
            case '>' -> {
                operand = false;
                return !printing || depth > 0;
            }
            case '(', '[' -> {
                depth++;
                operand = false;
            }
            case ')', ']' -> {
                depth--;
                operand = true;
            }
            case ';', '}', '{', '\n' -> {
                printing = false;
                operand = false;
            }
            case '$', '@', '`', '\\', '\r' -> {
                operand = false;
                return c == '$' || c == '\\' && next == '\n';
            }
            case ' ', '\t' -> {}
            default -> operand = Character.isDigit(c) || c == '.';
        }
        return true;
    }
}
