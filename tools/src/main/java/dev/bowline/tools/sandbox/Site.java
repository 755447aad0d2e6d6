package dev.bowline.tools.sandbox;

import java.nio.file.Path;
import java.util.List;

/// Where a command runs and what it may write; absolute, links resolved.
///
/// @param directory where it starts
/// @param roots the working directories
/// @param home the user's home
/// @param results the session's folder for outputs; to be read
/// @param report files of ours that the command's shell writes; they exist
public record Site(Path directory, List<Path> roots, Path home, Path results, List<Path> report) {
    public Site {
        roots = List.copyOf(roots);
        report = List.copyOf(report);
    }

    /// A path of the settings.
    Path path(String text) {
        return text.equals("~")
                ? home
                : text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    }
}
