package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// `--settings` and `--managed-settings`: a JSON object, or a regular file of at most 2 MiB that
/// holds one.
final class SettingsFlag {
    private static final long MOST_BYTES = 2 << 20;

    private SettingsFlag() {}

    /// The text of the settings; empty without the flag.
    ///
    /// @throws UsageException when the flag names no file that can be read
    static String text(String flag, Arguments args, Console console) {
        var said = args.value(flag, "").strip();
        if (said.isEmpty() || said.startsWith("{")) {
            return said;
        }
        var path = path(flag, said, console);
        try {
            if (!Files.isRegularFile(path)) {
                throw new UsageException(flag + ": there is no file " + path);
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new UsageException(
                        flag + ": " + path + " is larger than 2 MiB, which no settings are");
            }
            var text = Files.readString(path);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new UsageException(flag + ": " + path + " cannot be read: " + e.getMessage());
        }
    }

    private static Path path(String flag, String said, Console console) {
        try {
            return console.directory().resolve(said);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    flag + " \"" + said + "\" is neither JSON nor a path: " + e.getReason());
        }
    }
}
