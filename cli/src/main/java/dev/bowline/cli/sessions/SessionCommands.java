package dev.bowline.cli.sessions;

import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.named;
import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.Flag;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.wiring.Stores;
import dev.bowline.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The commands behind `bowline sessions`, and their help.
public final class SessionCommands {
    private static final Flag HELP = on("--help", "show this").or("-h");
    private static final Flag DEBUG =
            named("--debug", Flag.Kind.INLINE, "FILTER", "show the stack trace of a failure");
    private static final Flag JSON = on("--json", "as JSON");

    private static final Map<String, Command> COMMANDS = commands();

    /// A title may have any number of words.
    private static final Map<String, Integer> MOST_WORDS =
            Map.of(
                    "list",
                    0,
                    "show",
                    1,
                    "fork",
                    1,
                    "delete",
                    1,
                    "export",
                    2,
                    "import",
                    1,
                    "rewind-files",
                    2,
                    "approvals",
                    1,
                    "answer",
                    3);

    private SessionCommands() {}

    private static Map<String, Command> commands() {
        var all = new LinkedHashMap<String, Command>();
        add(
                all,
                "list",
                "",
                "Lists the sessions of this directory, newest first.",
                List.of(
                        on("--all", "of every directory"),
                        JSON,
                        named("--limit", VALUE, "N", "at most so many; default 50, 0 for all")),
                "bowline sessions list --all --limit 10");
        add(
                all,
                "show",
                "ID",
                "Shows what was said and done in a session, and what it cost.",
                List.of(JSON),
                "bowline sessions show 3f2a");
        add(
                all,
                "fork",
                "ID",
                "Makes a new session that begins with the entries of another one, and prints its id.",
                List.of(named("--at", VALUE, "N", "up to and including entry N; without it, all")),
                "bowline sessions fork 3f2a --at 12");
        add(
                all,
                "rename",
                "ID TITLE",
                "Gives a session a title.",
                List.of(),
                "bowline sessions rename 3f2a \"Parser rewrite\"");
        add(
                all,
                "delete",
                "ID",
                "Deletes a session and the files beside it. There is no way back.",
                List.of(on("--yes", "don't ask")),
                "bowline sessions delete 3f2a --yes");
        add(
                all,
                "export",
                "ID [FILE]",
                "Writes a session as JSON lines, to standard output without a file.",
                List.of(),
                "bowline sessions export 3f2a session.jsonl");
        add(
                all,
                "import",
                "FILE",
                "Stores an exported session in this directory's list and prints its id; - reads standard input.",
                List.of(
                        named(
                                "--session-id",
                                VALUE,
                                "ID",
                                "the id to store it under; without it, a new one")),
                "bowline sessions import session.jsonl");
        add(
                all,
                "rewind-files",
                "ID MESSAGE",
                "Brings the files that a session has changed since a message back to what they were then.",
                List.of(on("--dry-run", "only show what would change"), JSON),
                "bowline sessions rewind-files 3f2a 0b9c6f4e-8f43-4a57-9a39-6c0a3f7f5a11 --dry-run");
        add(
                all,
                "approvals",
                "[ID]",
                "Lists the calls that wait for permission in this directory's sessions, or in one.",
                List.of(
                        on("--all", "those that are over as well: who answered, when and why"),
                        JSON),
                "bowline sessions approvals");
        add(
                all,
                "answer",
                "ID CALL allow|deny",
                "Answers a call that waits for permission; CALL is its id as approvals shows it.",
                List.of(
                        named("--message", VALUE, "TEXT", "why; the model is told why not"),
                        named("--by", VALUE, "NAME", "who answers; without it, the user's name"),
                        on("--always", "with allow: calls like it as well, as was suggested")),
                "bowline sessions answer 3f2a toolu_01 deny --message \"Not on a Friday\"");
        return all;
    }

    private static void add(
            Map<String, Command> all,
            String name,
            String operands,
            String about,
            List<Flag> flags,
            String example) {
        var whole = new ArrayList<>(flags);
        whole.add(DEBUG);
        whole.add(HELP);
        var title = "bowline sessions " + name;
        all.put(
                name,
                new Command(
                        title,
                        List.of((title + " " + operands).strip() + " [flags]"),
                        about
                                + (operands.matches("\\[?ID.*")
                                        ? "\n\nID is a session's id, the beginning of one, or a title."
                                        : ""),
                        whole,
                        List.of(example)));
    }

    public static int run(List<String> args, Console console) throws InterruptedException {
        var name = args.isEmpty() ? "" : args.getFirst();
        if (name.isEmpty() || name.equals("--help") || name.equals("-h")) {
            (name.isEmpty() ? console.err() : console.out()).write(overview());
            return name.isEmpty() ? 1 : 0;
        }
        var command = COMMANDS.get(name);
        if (command == null) {
            throw new UsageException(
                    "there is no command bowline sessions "
                            + name
                            + Nearest.to(name, COMMANDS.keySet())
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse("")
                            + " (bowline sessions --help lists all)");
        }
        var parsed = command.parse(args.subList(1, args.size()));
        if (parsed.has("--help")) {
            console.out().write(command.help());
            return 0;
        }
        parsed.atMostWords(MOST_WORDS.getOrDefault(name, Integer.MAX_VALUE));
        return run(name, parsed, console);
    }

    private static String overview() {
        var text = new StringBuilder("Usage: bowline sessions COMMAND\n\nCommands:\n");
        COMMANDS.forEach((name, command) ->
                text.append("  ")
                        .append(name)
                        .append(" ".repeat(14 - name.length()))
                        .append(command.about().lines().findFirst().orElse(""))
                        .append('\n'));
        return text.append("\nbowline sessions COMMAND --help shows flags and an example.\n")
                .toString();
    }

    private static int run(String name, Arguments args, Console console)
            throws InterruptedException {
        try (var store = Stores.of(true, console)) {
            var finder = new Finder(store, console.directory());
            var commands = new StoredSessions(store, finder, args, console, TimeSource.system());
            switch (name) {
                case "list" -> SessionList.print(store, args, console);
                case "show" -> commands.show();
                case "fork" -> commands.fork();
                case "rename" -> commands.rename();
                case "delete" -> {
                    return commands.delete();
                }
                case "export" -> commands.export();
                case "import" -> commands.importFile();
                case "rewind-files" -> {
                    return RewindFiles.run(store, finder, args, console);
                }
                case "approvals" -> {
                    return new Approvals(store, finder, args, console).list();
                }
                case "answer" -> {
                    return new Approvals(store, finder, args, console).answer();
                }
                default -> throw new IllegalStateException(name);
            }
        }
        return 0;
    }
}
