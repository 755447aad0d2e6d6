package dev.bowline.permission;

import java.nio.file.Path;

/// Folders whose removal takes too much with it: the root, what is directly in it, drives, the home
/// and working directories, and everything above those.
final class CriticalPaths {
    /// On macOS the folders that look top-level are in here.
    private static final Path PRIVATE = Path.of("/private");

    private CriticalPaths() {}

    /// @param target absolute, links resolved
    static boolean holds(Path target, Place place) {
        var path = target.normalize();
        return path.getNameCount() <= 1
                || PRIVATE.equals(path.getParent())
                || place.home().startsWith(path)
                || place.project().startsWith(path)
                || place.directories().stream().anyMatch(directory -> directory.startsWith(path));
    }
}
