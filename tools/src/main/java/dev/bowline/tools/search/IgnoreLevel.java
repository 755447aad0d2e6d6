package dev.bowline.tools.search;

import dev.bowline.tools.search.IgnoreRules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ignore files of a folder, with those of the folders above it. `.rgignore` goes before
/// `.ignore`, that before `.gitignore`, that before `.git/info/exclude`; of each kind the nearest
/// file that has something to say decides. A repository ends the reach of the `.gitignore` files
/// above it.
final class IgnoreLevel {
    private final @Nullable IgnoreLevel above;
    private final String folder;
    private final boolean repository;
    private final IgnoreRules rgignore;
    private final IgnoreRules ignore;
    private final IgnoreRules gitignore;
    private final IgnoreRules exclude;

    private IgnoreLevel(@Nullable IgnoreLevel above, Path folder) {
        this.above = above;
        this.folder = slashed(folder);
        var git = folder.resolve(".git");
        repository = git.toFile().exists();
        rgignore = read(folder, ".rgignore");
        ignore = read(folder, ".ignore");
        gitignore = read(folder, ".gitignore");
        exclude =
                repository
                        ? IgnoreRules.read(common(git).resolve("info").resolve("exclude"))
                        : IgnoreRules.NONE;
    }

    /// The level of a folder and of everything above it.
    static IgnoreLevel of(Path folder) {
        var parent = folder.getParent();
        return new IgnoreLevel(parent == null ? null : of(parent), folder);
    }

    IgnoreLevel below(Path child) {
        return new IgnoreLevel(this, child);
    }

    /// @param path absolute, with `/`
    boolean ignores(String path, boolean folder) {
        var verdict = nearest(level -> level.rgignore, path, folder, false);
        if (verdict == Verdict.NONE) {
            verdict = nearest(level -> level.ignore, path, folder, false);
        }
        if (verdict == Verdict.NONE) {
            verdict = nearest(level -> level.gitignore, path, folder, true);
        }
        if (verdict == Verdict.NONE) {
            verdict = nearest(level -> level.exclude, path, folder, true);
        }
        return verdict == Verdict.IGNORE;
    }

    private Verdict nearest(
            Function<IgnoreLevel, IgnoreRules> kind, String path, boolean isFolder, boolean git) {
        for (var level = this; level != null; level = level.above) {
            var rules = kind.apply(level);
            if (!rules.isEmpty()) {
                var verdict = rules.verdict(path.substring(level.folder.length()), isFolder);
                if (verdict != Verdict.NONE) {
                    return verdict;
                }
            }
            if (git && level.repository) {
                break;
            }
        }
        return Verdict.NONE;
    }

    private static IgnoreRules read(Path folder, String name) {
        var file = folder.resolve(name);
        return file.toFile().isFile() ? IgnoreRules.read(file) : IgnoreRules.NONE;
    }

    /// The folder with the repository's own files; for a linked worktree that of its main one.
    private static Path common(Path git) {
        if (Files.isDirectory(git)) {
            return git;
        }
        try {
            var line = Files.readString(git).strip();
            if (!line.startsWith("gitdir:")) {
                return git;
            }
            var own = git.resolveSibling(line.substring("gitdir:".length()).strip());
            var pointer = own.resolve("commondir");
            return Files.isRegularFile(pointer)
                    ? own.resolve(Files.readString(pointer).strip())
                    : own;
        } catch (IOException | IllegalArgumentException e) {
            return git;
        }
    }

    private static String slashed(Path folder) {
        var text = folder.toString();
        return text.endsWith("/") ? text : text + "/";
    }
}
