package dev.bowline.permission;

import java.nio.file.Path;

final class CriticalPaths {
    private CriticalPaths() {}

    static boolean holds(Path path, Place place) {
        return path.getNameCount() <= 1
                || place.project().startsWith(path)
                || place.home().equals(path);
    }
}
