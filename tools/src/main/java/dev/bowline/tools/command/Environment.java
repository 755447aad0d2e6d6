package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.List;

/// The words of `env`: its options, assignments and the program behind them.
///
/// - `names`: the variables that it sets or removes
/// - `program`: empty if it only prints the environment
/// - `known`: nothing in the options that starts, splits or moves
/// - `cleared`: nothing of the environment is left
record Environment(List<String> names, List<Argument> program, boolean known, boolean cleared) {
    static Environment of(List<Argument> arguments) {
        var names = new ArrayList<String>();
        boolean known = true;
        boolean cleared = false;
        int at = 0;
        while (at < arguments.size()) {
            var word = arguments.get(at);
            var text = word.orEmpty();
            int equals = text.indexOf('=');
            if (text.equals("-u") || text.equals("--unset")) {
                at++;
                names.add(at < arguments.size() ? arguments.get(at).orEmpty() : "");
            } else if (text.startsWith("--unset=")) {
                names.add(text.substring(equals + 1));
            } else if (text.startsWith("-") && !text.equals("--")) {
                known &= text.matches("-|-i|-0|-v|--ignore-environment|--null|--debug");
                cleared |= text.matches("-|-i|--ignore-environment");
            } else if (equals > 0) {
                names.add(text.substring(0, equals));
            } else if (!text.equals("--")) {
                break;
            }
            at++;
        }
        return new Environment(
                names,
                arguments.subList(Math.min(at, arguments.size()), arguments.size()),
                known,
                cleared);
    }
}
