package dev.bowline.tools.sandbox;

import dev.bowline.permission.ProtectedPaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Keeps what steers tools and agents as it is at the top of a folder that may be written: what is
/// there is read-only, what is missing can't be made. In a repository, hooks and configuration are
/// kept and the rest can be written, so that commits work. Deeper folders are not looked at.
record Protection(Mounts mounts, Placeholders placeholders) {
    private static final String GIT = ".git";

    /// What is looked for when a folder is opened.
    private static final List<String> ANYWHERE =
            List.of(
                    ".claude",
                    ".bowline",
                    ".mcp.json",
                    ".vscode",
                    ".idea",
                    ".husky",
                    ".devcontainer",
                    ".devcontainer.json",
                    ".mvn",
                    ".cargo",
                    ".pre-commit-config.yaml",
                    "lefthook.yml");

    private static final List<String> AT_HOME =
            List.of(
                    ".bashrc",
                    ".bash_profile",
                    ".bash_login",
                    ".bash_logout",
                    ".bash_aliases",
                    ".profile",
                    ".zshrc",
                    ".zshenv",
                    ".zprofile",
                    ".zlogin",
                    ".inputrc",
                    ".xprofile",
                    ".gitconfig",
                    ".claude.json",
                    ".bowline.json");

    private static final List<String> CONFIGURATIONS = List.of(".config/git", ".config/fish");
    private static final List<String> KEPT_IN_GIT = List.of("hooks", "config");
    private static final List<String> KEPT_IF_THERE = List.of("config.worktree", "modules");

    /// A file that would send git to another configuration.
    private static final String ELSEWHERE = "commondir";

    void in(Path root, boolean home) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (var entry : entries) {
                if (ProtectedPaths.holds(entry.getFileName()) && !entry.endsWith(GIT)) {
                    mounts.keep(entry);
                }
            }
        }
        for (var name : ANYWHERE) {
            missing(root.resolve(name));
        }
        if (home) {
            for (var name : AT_HOME) {
                missing(root.resolve(name));
            }
            for (var name : CONFIGURATIONS) {
                mounts.keep(root.resolve(name));
            }
        }
        repository(root.resolve(GIT));
    }

    private void missing(Path path) throws IOException {
        if (!Files.exists(path)) {
            mounts.keep(path);
        }
    }

    private void repository(Path git) throws IOException {
        if (!Files.isDirectory(git) || Files.isSymbolicLink(git) || Placeholders.isHeld(git)) {
            mounts.keep(git);
            return;
        }
        if (!Files.exists(git.resolve("config"))) {
            mounts.bind("--ro-bind", git, git);
            return;
        }
        mounts.bind("--bind", git, git);
        for (var name : KEPT_IN_GIT) {
            mounts.keep(git.resolve(name));
        }
        for (var name : KEPT_IF_THERE) {
            if (Files.exists(git.resolve(name))) {
                mounts.keep(git.resolve(name));
            }
        }
        placeholders.forbid(git.resolve(ELSEWHERE));
    }
}
