package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of a program, as GNU getopt takes them. Read from a text of these, with blanks
/// between:
///
/// - `abc`: short options without a value
/// - `n:` `f<` `o>` `c?`: a short option with a value that is text, a file to read, a file to
///   write, or text that has to be in the same word
/// - `--name` and `--name=` `--name<` `--name>` `--name?`: the same for a long one, by its full
///   name
/// - `-N`: numbers are options
///
/// Whatever is not in the text is unknown.
final class Options {
    private enum Value {
        NONE,
        TEXT,
        READ,
        WRITE,
        MAYBE
    }

    /// What was found.
    ///
    /// - `known`: nothing but options of the table, and every word that may be an option is known
    record Taken(
            List<Argument> operands,
            List<Argument> reads,
            List<Argument> writes,
            Set<String> names,
            Map<String, Argument> values,
            boolean known) {
        boolean has(String... some) {
            for (var name : some) {
                if (names.contains(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Map<String, Value> values = new HashMap<>();
    private final boolean numbers;

    private Options(String spec) {
        boolean digits = false;
        for (var token : spec.strip().split("\\s+", -1)) {
            if (token.equals("-N")) {
                digits = true;
            } else if (!token.isEmpty()) {
                add(token);
            }
        }
        numbers = digits;
    }

    static Options of(String spec) {
        return new Options(spec);
    }

    private void add(String token) {
        char last = token.charAt(token.length() - 1);
        var value =
                switch (last) {
                    case ':', '=' -> Value.TEXT;
                    case '<' -> Value.READ;
                    case '>' -> Value.WRITE;
                    case '?' -> Value.MAYBE;
                    default -> Value.NONE;
                };
        var names = value == Value.NONE ? token : token.substring(0, token.length() - 1);
        if (names.startsWith("--")) {
            values.put(names, value);
        } else {
            names.chars().forEach(c -> values.put("-" + (char) c, value));
        }
    }

    /// Sorts arguments; those behind the first operand too unless `first` says that a program stops
    /// there.
    Taken take(List<Argument> arguments, boolean first) {
        return new Taking(arguments, first).taken();
    }

    Taken take(List<Argument> arguments) {
        return take(arguments, false);
    }

    private final class Taking {
        private final List<Argument> arguments;
        private final boolean first;
        private final List<Argument> operands = new ArrayList<>();
        private final List<Argument> reads = new ArrayList<>();
        private final List<Argument> writes = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Map<String, Argument> found = new HashMap<>();
        private boolean known = true;
        private int at;

        Taking(List<Argument> arguments, boolean first) {
            this.arguments = arguments;
            this.first = first;
        }

        Taken taken() {
            while (at < arguments.size()) {
                var argument = arguments.get(at++);
                var text = argument.text();
                if (argument.is("--")) {
                    rest();
                } else if (text == null) {
                    known = false;
                    operands.add(argument);
                } else if (!text.startsWith("-")
                        || text.equals("-")
                        || argument.matches() != null) {
                    operand(argument);
                } else if (text.startsWith("--")) {
                    longOption(text);
                } else if (!number(text)) {
                    shortOptions(text);
                }
            }
            return new Taken(operands, reads, writes, names, found, known);
        }

        private void operand(Argument argument) {
            operands.add(argument);
            if (first) {
                rest();
            }
        }

        private void rest() {
            operands.addAll(arguments.subList(at, arguments.size()));
            at = arguments.size();
        }

        private boolean number(String text) {
            return numbers && text.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private void longOption(String text) {
            int equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            var value = values.get(name);
            var attached = equals < 0 ? null : Argument.of(text.substring(equals + 1));
            if (value == null || attached != null && value == Value.NONE) {
                known = false;
            } else {
                option(name, value, attached);
            }
        }

        private void shortOptions(String text) {
            for (int i = 1; i < text.length(); i++) {
                var name = "-" + text.charAt(i);
                var value = values.get(name);
                if (value == null) {
                    known = false;
                    return;
                }
                boolean more = i + 1 < text.length() && value != Value.NONE;
                option(name, value, more ? Argument.of(text.substring(i + 1)) : null);
                if (more) {
                    return;
                }
            }
        }

        private void option(String name, Value value, @Nullable Argument attached) {
            names.add(name);
            boolean needs = value == Value.TEXT || value == Value.READ || value == Value.WRITE;
            var given = attached != null || !needs ? attached : next();
            if (given == null) {
                known &= !needs;
                return;
            }
            found.put(name, given);
            switch (value) {
                case READ -> reads.add(given);
                case WRITE -> writes.add(given);
                case TEXT -> known &= given.text() != null || given.inert();
                case NONE, MAYBE -> {}
            }
        }

        private @Nullable Argument next() {
            if (at == arguments.size()) {
                return null;
            }
            var given = arguments.get(at++);
            known &= given.matches() == null && given.isKnown();
            return given;
        }
    }
}
