package dev.bowline.cli.wiring;

import dev.bowline.AgentOptions;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.permission.PermissionMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the flags allow.
public final class Permissions {
    private Permissions() {}

    /// @throws UsageException for an unknown mode
    public static PermissionMode mode(Arguments args) {
        if (args.has("--dangerously-skip-permissions")) {
            return PermissionMode.BYPASS;
        }
        try {
            return PermissionMode.of(args.value("--permission-mode", "default"));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /// Looks at mode and directories before anything is started.
    ///
    /// @throws UsageException naming the flag that cannot be understood
    public static void check(Arguments args, Console console) {
        var _ = mode(args);
        var _ = directories(args, console);
    }

    /// @throws UsageException naming a directory that isn't there
    public static List<Path> directories(Arguments args, Console console) {
        var all = new ArrayList<Path>();
        for (var text : args.all("--add-dir")) {
            all.add(directory(text, console));
        }
        return all;
    }

    private static Path directory(String text, Console console) {
        try {
            var path = console.directory().resolve(text).normalize();
            if (Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new UsageException("--add-dir \"" + text + "\" is not a path: " + e.getReason());
        }
        throw new UsageException(
                "--add-dir \"" + text + "\" is not a directory; create it or check the path");
    }

    /// Puts mode, rules and directories into an agent's options.
    public static void apply(Arguments args, Console console, AgentOptions options) {
        options.permissionMode(mode(args))
                .allow(args.all("--allowedTools").toArray(String[]::new))
                .deny(args.all("--disallowedTools").toArray(String[]::new))
                .ask(args.all(SettingsFlag.ASK).toArray(String[]::new))
                .directory(console.directory())
                .additionalDirectories(directories(args, console));
    }
}
