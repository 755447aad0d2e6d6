package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.project.HeldBack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Asks the user at a terminal whether the settings of the folder may count, before anything of
/// them does.
public final class TrustQuestion {
    private static final int MOST_LINES = 100;
    private static final int MOST_BYTES = 1000;

    private TrustQuestion() {}

    /// The settings after the answer; the same where nothing is held back or nobody can be asked.
    public static Configuration ask(Configuration settings, Arguments args, Console console) {
        var held = settings.settings().heldBack();
        boolean dialogue =
                console.terminal().asks() && console.terminal().out() && !args.has("--print");
        if (held.isEmpty() || !dialogue) {
            return settings;
        }
        lines(held).forEach(console.err()::line);
        console.err().write("Do you trust this folder, so that they count? [y/N] ");
        if (!List.of("y", "yes").contains(answer(console))) {
            return settings;
        }
        settings.settings().trust(Instant.now());
        return settings.again();
    }

    /// What is held back, one thing a line.
    public static List<String> lines(List<HeldBack> held) {
        var lines = new java.util.ArrayList<String>();
        lines.add("The settings of this folder want to count for you:");
        held.stream()
                .limit(MOST_LINES)
                .map(one -> "  " + one.file() + ": " + one.key() + ": " + one.what())
                .forEach(lines::add);
        if (held.size() > MOST_LINES) {
            lines.add("  and " + (held.size() - MOST_LINES) + " more; look into the files");
        }
        return lines;
    }

    /// One line, read byte by byte: what follows is for others.
    private static String answer(Console console) {
        var line = new ByteArrayOutputStream();
        try {
            for (int b = console.in().read(); b >= 0 && b != '\n'; b = console.in().read()) {
                if (line.size() < MOST_BYTES) {
                    line.write(b);
                }
            }
        } catch (IOException e) {
            return "";
        }
        return line.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
    }
}
