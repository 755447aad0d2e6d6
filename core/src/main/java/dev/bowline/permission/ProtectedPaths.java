package dev.bowline.permission;

import java.nio.file.Path;
import java.util.Set;

final class ProtectedPaths {
    private static final Set<String> NAMES =
            Set.of(".git", ".claude", ".bowline", ".vscode", ".idea", ".bashrc", ".npmrc");

    private ProtectedPaths() {}

    static boolean holds(Path path) {
        for (var name : path) {
            if (NAMES.contains(name.toString())) {
                return true;
            }
        }
        return false;
    }
}
