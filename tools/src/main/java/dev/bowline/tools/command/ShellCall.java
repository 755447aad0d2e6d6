package dev.bowline.tools.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a shell that is started: `sh -c 'text' name arguments…`, `sh file`, or `sh` alone.
///
/// - `script`: the text behind `-c`, or null
/// - `file`: the file to read, or null
/// - `known`: no option that changes how the text is read or what is read before
record ShellCall(
        @Nullable Argument script, @Nullable Argument file, List<Argument> rest, boolean known) {
    static final List<String> NAMES =
            List.of("bash", "sh", "dash", "zsh", "ksh", "ash", "mksh", "rbash");

    static ShellCall of(List<Argument> arguments) {
        boolean text = false;
        boolean input = false;
        boolean known = true;
        int at = 0;
        for (; at < arguments.size(); at++) {
            var word = arguments.get(at).orEmpty();
            if (word.equals("--") || word.equals("-")) {
                at++;
                break;
            }
            if (word.length() < 2
                    || !word.startsWith("-") && !word.startsWith("+")
                    || arguments.get(at).matches() != null) {
                break;
            }
            if (word.startsWith("--")) {
                known &= List.of("--norc", "--noprofile", "--posix", "--login").contains(word);
            } else {
                text |= word.startsWith("-") && word.indexOf('c') > 0;
                input |= word.indexOf('s') > 0;
                boolean named = word.endsWith("o");
                known &= word.matches("[-+][ceulxvnho]+") && word.startsWith("-");
                at += named ? 1 : 0;
                known &=
                        !named
                                || at < arguments.size()
                                        && arguments
                                                .get(at)
                                                .orEmpty()
                                                .matches("pipefail|errexit|nounset|xtrace|verbose");
            }
        }
        var rest = arguments.subList(Math.min(at, arguments.size()), arguments.size());
        var behind = rest.isEmpty() ? rest : rest.subList(1, rest.size());
        return text
                ? new ShellCall(
                        rest.isEmpty() ? Argument.of("") : rest.getFirst(), null, behind, known)
                : input || rest.isEmpty()
                        ? new ShellCall(null, null, rest, known)
                        : new ShellCall(null, rest.getFirst(), behind, known);
    }
}
