package dev.bowline.cli.wiring;

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
    /// What settings say, among the arguments; no flag has such a name.
    static final String SETTINGS_MODE = "settings.permissions.defaultMode";

    /// Rules for calls that always ask.
    public static final String ASK = "settings.permissions.ask";

    static final String SETTINGS_MODEL = "settings.model";
    static final String NO_BYPASS = "settings.permissions.disableBypassPermissionsMode";
    static final String HIDDEN = "settings.permissions.deny";

    private Permissions() {}

    /// Rules that hide tools: those of the flags, and the settings' bare names.
    public static List<String> hidden(Arguments args) {
        var all = new ArrayList<>(args.all("--disallowedTools"));
        all.addAll(args.all(HIDDEN));
        return all;
    }

    /// @throws UsageException for an unknown mode
    public static PermissionMode mode(Arguments args) {
        return args.has(NO_BYPASS) && asksForBypass(args) ? PermissionMode.DEFAULT : wanted(args);
    }

    /// Whether permissions would be switched off if nothing forbade it.
    public static boolean asksForBypass(Arguments args) {
        return wanted(args) == PermissionMode.BYPASS;
    }

    /// Whether nobody may switch permissions off.
    public static boolean bypassForbidden(Arguments args) {
        return args.has(NO_BYPASS);
    }

    private static PermissionMode wanted(Arguments args) {
        if (args.has("--dangerously-skip-permissions")) {
            return PermissionMode.BYPASS;
        }
        try {
            return PermissionMode.of(
                    args.value("--permission-mode", args.value(SETTINGS_MODE, "default")));
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
}
