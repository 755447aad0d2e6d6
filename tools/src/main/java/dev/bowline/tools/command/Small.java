package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Programs with rules of their own that are short.
final class Small {
    private static final Options DATE =
            Options.of(
                    "uR d: I? r< --date= --utc --universal --iso-8601? --rfc-email --rfc-3339= --reference< --debug");
    private static final Set<String> TERMINAL =
            Set.of(
                    "cols", "lines", "colors", "bold", "sgr0", "setaf", "setab", "smul", "rmul",
                    "rev", "dim");
    private static final Set<String> PUBLIC =
            Set.of(
                    "HOME",
                    "PATH",
                    "PWD",
                    "USER",
                    "LANG",
                    "SHELL",
                    "TERM",
                    "LOGNAME",
                    "TZ",
                    "JAVA_HOME");

    private Small() {}

    static Map<String, Knowledge> all() {
        var all = new HashMap<String, Knowledge>();
        all.put("printf", Small::printf);
        all.put("test", Small::test);
        all.put("[", Small::bracket);
        all.put("date", Small::date);
        all.put("tput", Small::tput);
        all.put("printenv", Small::printenv);
        for (var name : List.of("exit", "return", "break", "continue", "shift")) {
            all.put(name, call -> Readers.judgeText(call.arguments()));
        }
        all.put("wait", Small::await);
        all.put(
                "umask",
                call -> Verdict.of(call.arguments().isEmpty() ? Nature.READS : Nature.PLAIN));
        all.put(
                "hash",
                call -> Verdict.of(call.is() || call.is("-r") ? Nature.READS : Nature.PLAIN));
        all.put("dirs", call -> Verdict.of(Nature.READS));
        all.put("history", call -> Verdict.of(call.is() ? Nature.READS : Nature.PLAIN));
        all.put(
                "ulimit",
                call ->
                        Verdict.of(
                                call.is()
                                                || call.arguments().size() == 1
                                                        && call.arguments()
                                                                .getFirst()
                                                                .orEmpty()
                                                                .matches("-[HSa-z]+")
                                        ? Nature.READS
                                        : Nature.PLAIN));
        return all;
    }

    /// With `-p` it sets a variable, and a subscript in its name is evaluated.
    private static Verdict await(Call call) {
        boolean plain =
                call.arguments().stream()
                        .allMatch(word ->
                                word.number()
                                        || word.matches() == null
                                                && word.orEmpty().matches("-[nf]+|%.*|[0-9]+"));
        return Verdict.of(plain ? Nature.READS : Nature.PLAIN);
    }

    /// With `-v` it sets a variable, and a subscript in its name is evaluated. Where the first word
    /// is known, whatever stands behind is text.
    private static Verdict printf(Call call) {
        var arguments = call.arguments();
        boolean known =
                !arguments.isEmpty()
                        && arguments.getFirst().isKnown()
                        && !Listing.isFound(arguments.getFirst());
        if (arguments.isEmpty()
                || known && !arguments.getFirst().startsWith("-")
                || arguments.getFirst().is("--")) {
            return Readers.printed(call);
        }
        if (known) {
            return Verdict.of(isNamed(call) ? Nature.READS : Nature.GUARDED);
        }
        return arguments.size() == 1 || arguments.getFirst().number()
                ? Readers.judgeText(arguments)
                : Verdict.of(Nature.PLAIN);
    }

    private static boolean isNamed(Call call) {
        return call.arguments().size() > 1
                && call.arguments().getFirst().is("-v")
                && Variables.isName(call.arguments().get(1).text())
                && !Variables.steers(call.arguments().get(1).orEmpty())
                && Readers.judgeText(call.arguments()).nature() == Nature.READS;
    }

    private static Verdict bracket(Call call) {
        var arguments = call.arguments();
        return arguments.isEmpty() || !arguments.getLast().is("]")
                ? Verdict.of(Nature.PLAIN)
                : test(call.with("test", arguments.subList(0, arguments.size() - 1)));
    }

    /// `-v` evaluates a subscript. The others look at names, times and kinds of files, not into
    /// them.
    private static Verdict test(Call call) {
        var touched = new Touched(call);
        boolean known = true;
        boolean evaluates = false;
        var arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            var word = arguments.get(i);
            known &=
                    word.isKnown() && !Listing.isFound(word)
                            || word.number()
                            || compares(arguments, word);
            if (isFile(arguments, i)) {
                if (word.isKnown()) {
                    touched.reads(word);
                } else {
                    touched.incomplete();
                }
            }
            evaluates |=
                    word.is("-v")
                            && !(i + 1 < arguments.size()
                                    && Variables.isName(arguments.get(i + 1).text()));
        }
        if (evaluates) {
            return Verdict.of(Nature.GUARDED, touched.files());
        }
        return Verdict.of(
                known && touched.isComplete() ? Nature.READS : Nature.PLAIN, touched.files());
    }

    private static boolean isFile(List<Argument> arguments, int index) {
        return index > 0
                        && arguments
                                .get(index - 1)
                                .orEmpty()
                                .matches("-[a-hkprstuwxGLNOS]|-[no]t|-ef")
                || index + 1 < arguments.size()
                        && arguments.get(index + 1).orEmpty().matches("-[no]t|-ef");
    }

    /// Whether a word that isn't known is an operand, whatever it says; several words may be
    /// others.
    private static boolean compares(List<Argument> arguments, Argument word) {
        if (!word.one()) {
            return false;
        }
        var words = arguments.stream().dropWhile(first -> first.is("!")).toList();
        return switch (words.size()) {
            case 1 -> true;
            case 2 -> words.getFirst().orEmpty().matches("-[nz]");
            case 3 -> words.get(1).orEmpty().matches("=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge");
            default -> false;
        };
    }

    private static Verdict date(Call call) {
        var taken = DATE.take(call.arguments());
        var touched = new Touched(call);
        taken.reads().forEach(touched::reads);
        boolean shows = taken.operands().stream().allMatch(operand -> operand.startsWith("+"));
        return Verdict.of(
                taken.known() && shows && touched.isComplete() ? Nature.READS : Nature.PLAIN,
                touched.files());
    }

    private static Verdict tput(Call call) {
        return Verdict.of(
                !call.arguments().isEmpty()
                                && TERMINAL.contains(call.arguments().getFirst().orEmpty())
                                && !call.hasUnknown()
                        ? Nature.READS
                        : Nature.PLAIN);
    }

    private static Verdict printenv(Call call) {
        return Verdict.of(
                !call.arguments().isEmpty()
                                && call.arguments().stream()
                                        .allMatch(name -> PUBLIC.contains(name.orEmpty()))
                        ? Nature.READS
                        : Nature.PLAIN);
    }
}
