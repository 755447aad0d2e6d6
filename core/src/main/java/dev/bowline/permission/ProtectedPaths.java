package dev.bowline.permission;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Files and folders that steer tools, shells and agents, wherever they are; changing them takes a
/// person's word in spite of rules that allow it. Case and invisible characters make no difference,
/// as some file systems ignore them.
public final class ProtectedPaths {
    private static final Set<String> FOLDERS =
            Set.of(
                    ".git",
                    ".vscode",
                    ".idea",
                    ".husky",
                    ".cargo",
                    ".devcontainer",
                    ".yarn",
                    ".mvn",
                    ".claude",
                    ".bowline");

    /// Folders of agents; the working copies that they make are free.
    private static final Set<String> AGENTS = Set.of(".claude", ".bowline");

    private static final String WORKTREES = "worktrees";

    /// Folders in `.config`.
    private static final Set<String> CONFIGURATIONS = Set.of("git", "fish");

    private static final Set<String> FILES =
            Set.of(
                    ".gitconfig",
                    ".gitmodules",
                    ".npmrc",
                    "bunfig.toml",
                    ".bunfig.toml",
                    ".pre-commit-config.yaml",
                    "gradle-wrapper.properties",
                    "maven-wrapper.properties",
                    ".devcontainer.json",
                    ".ripgreprc",
                    "pyrightconfig.json",
                    ".mcp.json",
                    ".claude.json",
                    ".bowline.json");

    /// What shells run or read when they start or end.
    private static final Set<String> SHELLS =
            Set.of(
                    ".bashrc",
                    ".bash_profile",
                    ".bash_login",
                    ".bash_logout",
                    ".bash_aliases",
                    ".bash_functions",
                    ".profile",
                    ".zshrc",
                    ".zshenv",
                    ".zprofile",
                    ".zlogin",
                    ".zlogout",
                    ".kshrc",
                    ".mkshrc",
                    ".shrc",
                    ".shinit",
                    ".cshrc",
                    ".tcshrc",
                    ".login",
                    ".logout",
                    ".inputrc",
                    ".xprofile",
                    "config.fish",
                    "bash.bashrc");

    private static final List<String> BEGINNINGS =
            List.of(".yarnrc", ".pnp", ".bazel", "lefthook", ".lefthook");

    private ProtectedPaths() {}

    /// Whether a path is protected or lies in a protected folder.
    public static boolean holds(Path path) {
        int count = path.getNameCount();
        for (int i = 0; i < count; i++) {
            var name = plain(path.getName(i));
            var next = i + 1 < count ? path.getName(i + 1).toString() : "";
            if (AGENTS.contains(name) && next.equals(WORKTREES)
                    || !FOLDERS.contains(name)
                            && !(name.equals(".config") && CONFIGURATIONS.contains(plain(next)))) {
                continue;
            }
            return true;
        }
        return count > 0 && isFile(plain(path.getName(count - 1)));
    }

    private static boolean isFile(String name) {
        return FILES.contains(name)
                || SHELLS.contains(name)
                || BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private static String plain(Path name) {
        return plain(name.toString());
    }

    private static String plain(String name) {
        if (name.chars().allMatch(c -> c > ' ' && c < 127)) {
            return name.toLowerCase(Locale.ROOT);
        }
        var visible = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Character.isIdentifierIgnorable(c))
                .forEach(visible::appendCodePoint);
        return visible.toString().strip().toLowerCase(Locale.ROOT);
    }
}
