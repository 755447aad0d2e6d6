package dev.bowline.cli.settings;

import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.named;
import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.json.JsonOut;
import dev.bowline.project.Origins;
import dev.bowline.project.Settings;
import java.util.List;
import java.util.Map;

/// `bowline settings`: what counts here and where it comes from; `bowline settings check FILE`:
/// whether a file is well.
public final class SettingsCommand {
    private static final Command COMMAND =
            new Command(
                    "bowline settings",
                    List.of("bowline settings [flags]", "bowline settings check FILE"),
                    """
                    Shows each setting that counts in this folder with the file it comes from, what is held back until the
                    folder is trusted, and what is wrong. With check: reads one file, says what is wrong with it, and exits
                    with 1 if anything of it would not count.\
                    """,
                    List.of(
                            on("--json", "as one JSON object"),
                            named(
                                    "--settings",
                                    VALUE,
                                    "JSON",
                                    "settings that count more than those of files"),
                            named(
                                    "--setting-sources",
                                    VALUE,
                                    "NAMES",
                                    "which files are read: some of user, project, local"),
                            on("--trust", "as if this folder were trusted"),
                            on("--help", "show this").or("-h")),
                    List.of("bowline settings", "bowline settings check .claude/settings.json"));

    private SettingsCommand() {}

    public static int run(List<String> words, Console console) {
        var args = COMMAND.parse(words);
        if (args.has("--help")) {
            console.out().write(COMMAND.help());
            return 0;
        }
        if (args.words().isEmpty()) {
            show(Configuration.of(args, console).settings(), args, console);
            return 0;
        }
        args.atMostWords(2);
        if (!args.words().getFirst().equals("check") || args.words().size() < 2) {
            throw new UsageException("write bowline settings, or bowline settings check FILE");
        }
        var name = args.words().get(1);
        var problems = PartProblems.with(Settings.alone(console.directory().resolve(name), name));
        problems.forEach(
                problem -> console.out().line((problem.grave() ? "error: " : "note: ") + problem));
        return problems.stream().anyMatch(problem -> problem.grave()) ? 1 : 0;
    }

    private static void show(Settings settings, Arguments args, Console console) {
        if (args.has("--json")) {
            console.out().line(json(settings));
            return;
        }
        for (var one : Origins.of(settings)) {
            console.out().line(one.key() + " = " + one.value() + "  (" + one.file() + ")");
        }
        settings.heldBack()
                .forEach(one ->
                        console.out()
                                .line(
                                        "not trusted: "
                                                + one.file()
                                                + ": "
                                                + one.key()
                                                + ": "
                                                + one.what()));
        if (!settings.unused().isEmpty()) {
            console.out().line("not used by this version: " + String.join(", ", settings.unused()));
        }
        PartProblems.with(settings).forEach(problem -> console.err().line("bowline: " + problem));
    }

    private static String json(Settings settings) {
        try (var out = JsonOut.toText()) {
            out.beginObject().field("effective", settings.effective());
            out.name("origins")
                    .value(
                            Origins.of(settings).stream()
                                    .map(one ->
                                            Map.of(
                                                    "key",
                                                    one.key(),
                                                    "value",
                                                    one.value(),
                                                    "source",
                                                    one.source().wire(),
                                                    "file",
                                                    one.file()))
                                    .toList());
            out.name("heldBack").value(settings.heldBack());
            out.name("notUsed").value(settings.unused());
            out.name("problems").value(PartProblems.with(settings));
            return out.endObject().text();
        }
    }
}
