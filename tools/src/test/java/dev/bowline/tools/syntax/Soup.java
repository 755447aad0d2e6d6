package dev.bowline.tools.syntax;

import java.util.List;
import java.util.Random;

/// Command lines thrown together from parts that bash gives a meaning, and lines built by its
/// rules. The programs in them don't exist; nothing in them does harm or goes on for ever.
final class Soup {
    private static final List<String> PARTS =
            List.of(
                    "p1",
                    "p2",
                    "q1",
                    "p3 ",
                    "a",
                    "b",
                    " ",
                    " ",
                    " ",
                    " ",
                    "\n",
                    ";",
                    "; ",
                    "&",
                    "|",
                    " && ",
                    " || ",
                    "'",
                    "'",
                    "\"",
                    "\"",
                    "\\",
                    "$(",
                    ")",
                    "`",
                    "`",
                    "{",
                    "}",
                    "{ ",
                    "; }",
                    ",",
                    "..",
                    "<<E\n",
                    "E\n",
                    "\nE\n",
                    "E",
                    "<<'E'\n",
                    "<<-E\n\t",
                    "(",
                    "((",
                    "))",
                    "$((",
                    "[[ ",
                    " ]]",
                    "if ",
                    "; then ",
                    "; else ",
                    "; fi",
                    "for x in ",
                    "; do ",
                    "; done",
                    "while q1",
                    "case x in ",
                    "x) ",
                    ";; ",
                    " esac",
                    "#",
                    " #",
                    "=",
                    "x=",
                    "x=(",
                    "<(",
                    ">(",
                    "$'",
                    "~",
                    "*",
                    "?",
                    "[",
                    "]",
                    "!",
                    "! ",
                    "$x",
                    "${x:-",
                    "${x",
                    "$",
                    ">h",
                    "2>",
                    ">&",
                    "<",
                    "<<<",
                    "\\\n",
                    "\t",
                    "é",
                    "1",
                    "2",
                    "time ",
                    "f() ",
                    "f",
                    "function f ",
                    "coproc ",
                    "${x//",
                    "\"$(",
                    ")\"",
                    "|&",
                    "&>h ",
                    "{fd}>h",
                    "$[",
                    "@",
                    "^",
                    "%",
                    ":",
                    "-",
                    "+",
                    "y+=",
                    "a[",
                    "]=",
                    "==",
                    "=~",
                    "x) p1",
                    "export x=(",
                    "\"`",
                    "`\"",
                    "'p1'",
                    "\\p2",
                    "{p1,p2}",
                    "{1..3}",
                    "$\\\n(",
                    "$'\\'",
                    "\\x41",
                    "\\'",
                    "\\\"",
                    "\\`",
                    "\\$",
                    "\\\\");

    private final Random random;

    Soup(long seed) {
        random = new Random(seed);
    }

    /// Parts in any order.
    String parts(int most) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "p1 " : "");
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }

    /// A line with a few characters changed.
    String mutated(String line) {
        StringBuilder text = new StringBuilder(line);
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                default -> text.insert(at, PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }

    /// A line that bash understands.
    String line(int depth) {
        int kind = depth <= 0 ? 0 : random.nextInt(16);
        return switch (kind) {
            case 1 ->
                    line(depth - 1)
                            + pick(" && ", " || ", "; ", " & ", "\n", " | ", ";")
                            + line(depth - 1);
            case 2 -> "{ " + line(depth - 1) + pick("; }", "\n}");
            case 3 -> "(" + pick("", " ", "\n") + line(depth - 1) + pick("", " ", "\n") + ")";
            case 4 ->
                    "if "
                            + line(depth - 1)
                            + "; then "
                            + line(depth - 1)
                            + pick("", "; else p4")
                            + "; fi";
            case 5 -> "for x in " + words(depth) + "; do " + line(depth - 1) + "; done";
            case 6 ->
                    "case "
                            + word(depth)
                            + " in a|"
                            + word(depth)
                            + ") "
                            + line(depth - 1)
                            + pick("", ";;", " ;&")
                            + "\n*) "
                            + line(depth - 1)
                            + ";; esac";
            case 7 -> "f() { " + line(depth - 1) + "; }; f " + words(depth);
            case 8 -> "x=" + word(depth) + " " + line(0);
            case 9 ->
                    "[[ "
                            + word(depth)
                            + pick(" == ", " != ", " =~ ", " < ")
                            + word(depth)
                            + " ]] && "
                            + line(depth - 1);
            case 10 ->
                    line(0)
                            + " <<E"
                            + pick("", " | p5", "; p6 x", " # c")
                            + "\n"
                            + pick("a $(p7)\n", "$x 'a\n", "\\$(p8)\n", "")
                            + "E\n"
                            + line(depth - 1);
            case 11 -> line(0) + pick(" >h", " 2>&1", " <<<" + word(depth), " 2>/dev/null", " &>h");
            case 12 -> "while q1 " + words(depth) + "; do " + line(depth - 1) + "; done";
            case 13 -> "! " + line(0) + pick("", " # " + word(0));
            case 14 ->
                    "(( " + pick("1", "x", "$(p9; echo 1)", "1 << 2") + " )) && " + line(depth - 1);
            default -> pick("p1", "p2", "q1", "p3") + pick("", " " + words(depth));
        };
    }

    private String words(int depth) {
        StringBuilder words = new StringBuilder(word(depth));
        for (int count = random.nextInt(3); count > 0; count--) {
            words.append(pick(" ", "  ", "\t", " \\\n ")).append(word(depth));
        }
        return words.toString();
    }

    private String word(int depth) {
        StringBuilder word = new StringBuilder();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            word.append(
                    depth <= 0
                            ? pick("a", "b1", "-x", "'c d'", "\"e f\"", "\\ ", "$'g\\n'")
                            : piece(depth - 1));
        }
        return word.toString();
    }

    private String piece(int depth) {
        return switch (random.nextInt(14)) {
            case 0 -> "$(" + line(depth) + ")";
            case 1 -> "\"" + pick("a", "$x", "\\\"", "'") + "$(" + line(depth) + ")\"";
            case 2 -> "${x:-" + word(depth) + "}";
            case 3 -> "\"${x:-" + pick("a", "\"b c\"", "$(p8 y)") + "}\"";
            case 4 -> "{" + word(0) + "," + word(0) + "}";
            case 5 -> "`p9 " + pick("a", "'b c'", "\\$x", "\\`p7\\`") + "`";
            case 6 -> "$(( 1 + " + pick("2", "(3)", "$(p9; echo 1)") + " ))";
            case 7 -> "<(" + line(depth) + ")";
            case 8 -> pick("\\;", "\\$", "'`'", "'\"'", "\"'\"", "\\\\");
            case 9 -> pick("~", "=", ":", "#", "{", "}", "!", "%", "@", ",", "[", "]", "*");
            case 10 -> pick("$x", "$1", "$$", "\"$@\"", "${x}", "${#x}", "$");
            default -> pick("a", "b", "-c", "--d=e", "'f g'", "é", "1", "{1..3}", "$'h\\''");
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
