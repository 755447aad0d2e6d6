package dev.bowline.cli.settings;

import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.TrustQuestion;
import dev.bowline.project.Places;
import dev.bowline.project.Settings;
import dev.bowline.project.TrustBook;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// `bowline trust`: says which folders' settings count.
public final class TrustCommand {
    private static final Command COMMAND =
            new Command(
                    "bowline trust",
                    List.of(
                            "bowline trust [FOLDER]",
                            "bowline trust --list",
                            "bowline trust --remove [FOLDER]"),
                    """
                    Lets the settings of a folder count: what is in its .claude and .bowline folders may then allow calls,
                    set variables and run hooks. Shows what that is, and trusts just that: a change asks again. Deny and
                    ask rules always count. Without FOLDER it is about the current one.\
                    """,
                    List.of(
                            on("--list", "list the folders that are trusted, with their files"),
                            on("--remove", "trust a folder no more"),
                            on("--help", "show this").or("-h")),
                    List.of("bowline trust", "bowline trust --remove ~/src/strange"));

    private TrustCommand() {}

    public static int run(List<String> words, Console console) {
        var args = COMMAND.parse(words);
        if (args.has("--help")) {
            console.out().write(COMMAND.help());
            return 0;
        }
        args.atMostWords(1);
        var places = Configuration.places(console, folder(args, console));
        if (args.has("--list")) {
            list(new TrustBook(places), console);
            return 0;
        }
        return args.has("--remove") ? remove(places, console) : trust(places, console);
    }

    private static void list(TrustBook book, Console console) {
        for (var entry : book.entries()) {
            if (!entry.refused()) {
                console.out().line(entry.folder() + "  since " + entry.since());
                entry.files().keySet().stream()
                        .sorted()
                        .forEach(file -> console.out().line("  " + file));
            }
        }
    }

    private static int remove(Places places, Console console) {
        boolean known = new TrustBook(places).distrust(places.root(), Instant.now());
        console.err()
                .line(
                        "bowline: "
                                + places.root()
                                + (known ? " is trusted no more" : " was not trusted"));
        return known ? 0 : 1;
    }

    private static int trust(Places places, Console console) {
        var settings = Settings.load(places, options -> {});
        var held = settings.heldBack();
        if (!held.isEmpty()) {
            TrustQuestion.lines(held).forEach(console.err()::line);
        }
        settings.problems().forEach(problem -> console.err().line("bowline: " + problem));
        settings.trust(Instant.now());
        console.err()
                .line(
                        "bowline: "
                                + places.folder()
                                + " is trusted"
                                + (held.isEmpty() ? "; its settings held nothing back" : ""));
        return 0;
    }

    private static Path folder(Arguments args, Console console) {
        var said = args.words().isEmpty() ? "." : args.words().getFirst();
        try {
            var folder = console.directory().resolve(said).normalize();
            if (Files.isDirectory(folder) || args.has("--remove")) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + said + "\" is not a path: " + e.getReason());
        }
        throw new UsageException("\"" + said + "\" is not a folder");
    }
}
