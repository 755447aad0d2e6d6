package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// `--settings`: a JSON object, or a regular file of at most 2 MiB that holds one.
public final class SettingsFlag {
    private static final long MOST_BYTES = 2 << 20;

    private SettingsFlag() {}

    /// @throws UsageException when the flag names neither
    public static void check(Arguments args, Console console) {
        var said = args.value("--settings", "").strip();
        if (said.isEmpty()) {
            return;
        }
        if (said.startsWith("{")) {
            parse(said, "--settings");
            return;
        }
        var path = path(said, console);
        try {
            if (!Files.isRegularFile(path)) {
                throw new UsageException("--settings: there is no file " + path);
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new UsageException(
                        "--settings: " + path + " is larger than 2 MiB, which no settings are");
            }
            parse(Files.readString(path), "--settings: " + path);
        } catch (IOException e) {
            throw new UsageException("--settings: " + path + " cannot be read: " + e.getMessage());
        }
    }

    private static Path path(String said, Console console) {
        try {
            return console.directory().resolve(said);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "--settings \"" + said + "\" is neither JSON nor a path: " + e.getReason());
        }
    }

    private static void parse(String text, String from) {
        try {
            if (Json.parse(text).asMap().isEmpty() && !text.contains("{")) {
                throw new IllegalArgumentException("it is not an object");
            }
        } catch (RuntimeException e) {
            throw new UsageException(from + " is not a JSON object: " + e.getMessage());
        }
    }
}
