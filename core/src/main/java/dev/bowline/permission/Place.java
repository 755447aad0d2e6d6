package dev.bowline.permission;

import java.nio.file.Path;
import java.util.List;

/// Where a session works: what rules with paths are relative to, and the directories it may use.
/// Absolute, links resolved.
public record Place(Path project, Path home, List<Path> directories) {
    public Place {
        directories = List.copyOf(directories);
    }

    /// Whether a path lies in one of the directories, compared by components.
    public boolean holds(Path path) {
        return path.startsWith(project) || directories.stream().anyMatch(path::startsWith);
    }
}
