package dev.bowline.cli.args;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads a command line by a table of flags. `--flag value` and `--flag=value` are the same, an
/// empty value is a value, and everything behind `--` is a word.
public final class Parser {
    private final String command;
    private final List<Flag> flags;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final boolean lenient;

    private Parser(String command, List<Flag> flags, boolean lenient) {
        this.command = command;
        this.flags = flags;
        this.lenient = lenient;
    }

    /// @param command what to name in messages, for example `bowline sessions list`
    /// @throws UsageException for a flag that isn't there, a value that is missing or one too many
    public static Arguments parse(String command, List<Flag> flags, List<String> args) {
        return parse(command, flags, args, false, warning -> {});
    }

    /// The same.
    ///
    /// @param lenient pass over unknown flags instead of refusing them
    /// @param warnings takes one sentence about flags that nothing comes of, and one about unknown
    ///   ones
    public static Arguments parse(
            String command,
            List<Flag> flags,
            List<String> args,
            boolean lenient,
            Consumer<String> warnings) {
        var parser = new Parser(command, flags, lenient);
        int next = 0;
        while (next < args.size()) {
            next = parser.read(args, next);
        }
        if (!parser.unused.isEmpty()) {
            warnings.accept(
                    "accepted but not used by this version: " + String.join(", ", parser.unused));
        }
        if (!parser.unknown.isEmpty()) {
            warnings.accept("unknown and passed over: " + String.join(", ", parser.unknown));
        }
        return new Arguments(parser.values, List.copyOf(parser.words));
    }

    private int read(List<String> args, int at) {
        var token = args.get(at);
        if (token.equals("--")) {
            words.addAll(args.subList(at + 1, args.size()));
            return args.size();
        }
        if (token.length() < 2 || token.charAt(0) != '-' || looksLikeText(token)) {
            words.add(token);
            return at + 1;
        }
        int equals = token.startsWith("--") ? token.indexOf('=') : -1;
        var spelling = equals < 0 ? token : token.substring(0, equals);
        var known = find(spelling);
        if (known.isEmpty() && lenient) {
            unknown.add(spelling);
            return at + 1;
        }
        var flag = known.orElseThrow(() -> unknown(spelling));
        if (!flag.used()) {
            unused.add(spelling);
        }
        return equals < 0
                ? separate(flag, spelling, args, at + 1)
                : inline(flag, spelling, token.substring(equals + 1), at + 1);
    }

    /// A prompt such as `- write a list` or `-5 degrees` is no flag.
    private static boolean looksLikeText(String token) {
        return token.indexOf(' ') > 0 && token.indexOf('=') < 0
                || Character.isDigit(token.charAt(1));
    }

    private int inline(Flag flag, String spelling, String value, int next) {
        if (flag.kind() == Flag.Kind.SWITCH) {
            throw new UsageException(spelling + " takes no value, so leave out \"=" + value + "\"");
        }
        add(flag, value);
        return next;
    }

    private int separate(Flag flag, String spelling, List<String> args, int next) {
        return switch (flag.kind()) {
            case SWITCH, INLINE -> {
                values.computeIfAbsent(flag.name(), any -> new ArrayList<>());
                yield next;
            }
            case VALUE, REPEATED -> {
                add(flag, operand(flag, spelling, args, next));
                yield next + 1;
            }
            case RULES -> {
                add(flag, operand(flag, spelling, args, next));
                int more = next + 1;
                while (more < args.size() && RuleList.looksLikeRule(args.get(more))) {
                    add(flag, args.get(more++));
                }
                yield more;
            }
        };
    }

    private String operand(Flag flag, String spelling, List<String> args, int at) {
        if (at >= args.size() || find(args.get(at)).isPresent()) {
            throw new UsageException(
                    spelling + " needs a value: " + spelling + " " + flag.placeholder());
        }
        return args.get(at);
    }

    private void add(Flag flag, String value) {
        var all = values.computeIfAbsent(flag.name(), any -> new ArrayList<>());
        if (flag.kind() == Flag.Kind.RULES) {
            all.addAll(RuleList.split(value));
        } else {
            all.add(value);
        }
    }

    private Optional<Flag> find(String spelling) {
        return flags.stream().filter(flag -> flag.isSpelled(spelling)).findFirst();
    }

    private UsageException unknown(String spelling) {
        var names =
                flags.stream()
                        .flatMap(flag ->
                                java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(flag.name()),
                                        flag.others().stream()))
                        .toList();
        return new UsageException(
                "unknown flag "
                        + spelling
                        + Nearest.to(spelling, names)
                                .map(name -> "; did you mean " + name + "?")
                                .orElse("")
                        + " ("
                        + command
                        + " --help lists all flags)");
    }
}
