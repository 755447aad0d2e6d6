package dev.bowline.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where settings are.
///
/// - `managed`: folders of the operator's, weakest first; each may hold `managed-settings.json` and
///   `managed-settings.d`
/// - `claude`: the user's folder that other programs of the field share
/// - `bowline`: the user's folder that is ours alone
/// - `records`: the file in which another program notes which folders are trusted
/// - `home`: what `~` stands for
/// - `folder`: the one that is worked in, with links resolved
public record Places(
        List<Path> managed, Path claude, Path bowline, Path records, Path home, Path folder) {

    public Places {
        managed = List.copyOf(managed);
        folder = real(folder);
    }

    /// Those of this machine. The operator's don't depend on the environment, so that nobody can
    /// lead away from them.
    public static Places of(Map<String, String> environment, Path home, Path folder) {
        var claude = named(environment, "CLAUDE_CONFIG_DIR", folder, home.resolve(".claude"));
        var records = claude.equals(home.resolve(".claude")) ? home : claude;
        return new Places(
                machine(System.getProperty("os.name", "")),
                claude,
                named(environment, "BOWLINE_CONFIG_DIR", folder, home.resolve(".bowline")),
                records.resolve(".claude.json"),
                home,
                folder);
    }

    private static List<Path> machine(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("mac")
                ? List.of(
                        Path.of("/Library/Application Support/ClaudeCode"),
                        Path.of("/Library/Application Support/Bowline"))
                : List.of(Path.of("/etc/claude-code"), Path.of("/etc/bowline"));
    }

    private static Path named(
            Map<String, String> environment, String variable, Path folder, Path otherwise) {
        var said = environment.getOrDefault(variable, "");
        return said.isBlank() ? otherwise : folder.resolve(said);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (java.io.IOException notThere) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /// The repository that the folder belongs to; the folder itself when it belongs to none.
    public Path root() {
        var at = folder;
        while (at != null) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
            at = at.getParent();
        }
        return folder;
    }

    /// Files of the folder that hold settings, weakest first.
    List<Place> inFolder() {
        return List.of(
                place(Source.PROJECT, ".claude/settings.json"),
                place(Source.PROJECT, ".bowline/settings.json"),
                place(Source.LOCAL, ".claude/settings.local.json"),
                place(Source.LOCAL, ".bowline/settings.local.json"));
    }

    private Place place(Source source, String name) {
        return new Place(source, name, folder.resolve(name), folder);
    }

    /// Files of the user's, weakest first.
    List<Place> ofUser() {
        return List.of(own(claude), own(bowline));
    }

    private Place own(Path settings) {
        var file = settings.resolve("settings.json");
        var shown = file.startsWith(home) ? "~/" + home.relativize(file) : file.toString();
        return new Place(Source.USER, shown, file, settings);
    }

    /// One file, which need not be there.
    record Place(Source source, String name, Path path, Path base) {}
}
