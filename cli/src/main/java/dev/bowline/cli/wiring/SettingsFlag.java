package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `--settings`: a JSON object, or a regular file of at most 2 MiB that holds one. Its permissions
/// join those of the flags; its model, effort and mode count where no flag says otherwise.
public final class SettingsFlag {
    /// Where the rules for calls that always ask are among the arguments; no flag has that name.
    public static final String ASK = "settings.permissions.ask";

    private static final long MOST_BYTES = 2 << 20;
    private static final Set<String> USED =
            Set.of("permissions", "model", "effortLevel", "$schema");

    private SettingsFlag() {}

    /// The arguments as if the settings had been said with flags.
    ///
    /// @param warnings takes one sentence about settings that nothing comes of
    /// @throws UsageException when the flag names no settings
    public static Arguments applied(Arguments args, Console console, Consumer<String> warnings) {
        return applied(args, read(args, console), console, warnings);
    }

    /// The same with settings that came in another way.
    public static Arguments applied(
            Arguments args,
            Map<String, @Nullable Object> settings,
            Console console,
            Consumer<String> warnings) {
        var unused = settings.keySet().stream().filter(key -> !USED.contains(key)).toList();
        if (!unused.isEmpty()) {
            warnings.accept("settings not used by this version: " + String.join(", ", unused));
        }
        var all = unlessSaid(args, "--model", settings.get("model"));
        all = unlessSaid(all, "--effort", settings.get("effortLevel"));
        return settings.get("permissions") instanceof Map<?, ?> permissions
                ? permitted(all, permissions, console)
                : all;
    }

    private static Arguments permitted(Arguments args, Map<?, ?> said, Console console) {
        var mode = said.get("defaultMode");
        return unlessSaid(args, "--permission-mode", "bypassPermissions".equals(mode) ? null : mode)
                .with("--allowedTools", texts(said.get("allow")))
                .with("--disallowedTools", texts(said.get("deny")))
                .with(ASK, texts(said.get("ask")))
                .with(
                        "--add-dir",
                        texts(said.get("additionalDirectories")).stream()
                                .filter(text -> Files.isDirectory(path(text, console)))
                                .toList());
    }

    private static Arguments unlessSaid(Arguments args, String flag, @Nullable Object value) {
        return value instanceof String text && !text.isBlank() && !args.has(flag)
                ? args.with(flag, List.of(text))
                : args;
    }

    private static List<String> texts(@Nullable Object list) {
        var all = new ArrayList<String>();
        if (list instanceof List<?> some) {
            for (var one : some) {
                if (one instanceof String text && !text.isBlank()) {
                    all.add(text);
                }
            }
        }
        return all;
    }

    private static Map<String, @Nullable Object> read(Arguments args, Console console) {
        var said = args.value("--settings", "").strip();
        if (said.isEmpty()) {
            return Map.of();
        }
        if (said.startsWith("{")) {
            return parse(said, "--settings");
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
            return parse(Files.readString(path), "--settings: " + path);
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

    private static Map<String, @Nullable Object> parse(String text, String from) {
        try {
            var settings = Json.parse(text).asMap();
            if (settings.isEmpty() && !text.contains("{")) {
                throw new IllegalArgumentException("it is not an object");
            }
            return settings;
        } catch (RuntimeException e) {
            throw new UsageException(from + " is not a JSON object: " + e.getMessage());
        }
    }
}
