package dev.bowline.permission;

import java.nio.file.Path;
import java.util.List;

/// Where a session works: what rules with paths are relative to, and the directories it may use.
/// Absolute, links resolved. `contents` is asked about folders that are read or removed as a whole.
public record Place(Path project, Path home, List<Path> directories, Contents contents) {
    private static final Path UP = Path.of("..");

    public Place {
        directories = List.copyOf(directories);
    }

    /// A place of whose folders nothing is known.
    public Place(Path project, Path home, List<Path> directories) {
        this(project, home, directories, Contents.UNKNOWN);
    }

    /// Whether a path lies in one of the directories, compared by names; never one with `..`, which
    /// says little about where it leads.
    public boolean holds(Path path) {
        return (path.startsWith(project) || directories.stream().anyMatch(path::startsWith))
                && !contains(path, UP);
    }

    private static boolean contains(Path path, Path name) {
        for (var one : path) {
            if (one.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
