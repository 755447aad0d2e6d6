package dev.bowline.cli.permissions;

import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.Flag;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.prompt.PromptFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The commands behind `bowline permissions`, and their help.
public final class PermissionCommands {
    private static final Flag HELP = on("--help", "show this").or("-h");

    private static final Command CHECK =
            new Command(
                    "bowline permissions check",
                    List.of("bowline permissions check [FILE] < cases.jsonl"),
                    """
                    Decides cases in bulk, for example in CI. Reads JSON objects, one a line: id, tool, input, mode,
                    rules {allow, ask, deny: lists of rules}, cwd, home, additionalDirectories, and optionally dns
                    {name: [addresses], "*": for all other names} instead of look-ups. Loads no settings, runs nothing,
                    connects to nothing. Writes one JSON object a line: id, decision (allow, ask or deny), rule (the
                    one that decided, or null), reasons. A line that can't be read gets the decision ask and the
                    reason input; then the command exits with 1 at the end.\
                    """,
                    List.of(HELP),
                    List.of(
                            "echo '{\"id\":1,\"tool\":\"Bash\",\"input\":{\"command\":\"git push\"},\"rules\":{\"deny\":[\"Bash(git push *)\"]}}' | bowline permissions check"));

    private static final Command EXPLAIN =
            new Command(
                    "bowline permissions explain",
                    List.of(
                            "bowline permissions explain 'TOOL(what)' [flags]",
                            "bowline permissions explain TOOL JSON [flags]"),
                    """
                    Says what would happen to a call in this folder, and why: what it touches, what each step of the
                    policy said, and the rule that decided. Runs nothing. TOOL(what) is a command for Bash, a file for
                    Read, Edit and Write, an address for WebFetch.\
                    """,
                    flags(),
                    List.of(
                            "bowline permissions explain 'Bash(git push)'",
                            "bowline permissions explain 'Bash(rm -rf build)' --permission-mode acceptEdits",
                            "bowline permissions explain Grep '{\"pattern\":\"x\",\"path\":\"/etc\"}'"));

    private static final Map<String, Command> COMMANDS = Map.of("check", CHECK, "explain", EXPLAIN);

    private PermissionCommands() {}

    private static List<Flag> flags() {
        var flags = new ArrayList<>(PromptFlags.PERMISSIONS);
        flags.add(on("--json", "as one JSON object"));
        flags.addAll(PromptFlags.COMMON);
        return flags;
    }

    public static int run(List<String> args, Console console) {
        var name = args.isEmpty() ? "" : args.getFirst();
        if (name.isEmpty() || name.equals("--help") || name.equals("-h")) {
            var to = name.isEmpty() ? console.err() : console.out();
            for (var command : List.of(EXPLAIN, CHECK)) {
                to.write(command.help() + "\n");
            }
            return name.isEmpty() ? 1 : 0;
        }
        var command = COMMANDS.get(name);
        if (command == null) {
            throw new UsageException(
                    "there is no command bowline permissions "
                            + name
                            + Nearest.to(name, COMMANDS.keySet())
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse("")
                            + " (it is check or explain)");
        }
        Arguments parsed = command.parse(args.subList(1, args.size()));
        if (parsed.has("--help")) {
            console.out().write(command.help());
            return 0;
        }
        if (name.equals("check")) {
            parsed.atMostWords(1);
            return new CheckCommand(parsed, console).run();
        }
        parsed.atMostWords(2);
        return new ExplainCommand(parsed, console).run();
    }
}
