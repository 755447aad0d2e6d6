package dev.bowline.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Paths as the kernel will take them, from a folder that is null when it isn't known. `links` are
/// those that the line makes before; what lies below them isn't known.
record Disk(@Nullable Path directory, Set<Path> links) {
    Disk(@Nullable Path directory) {
        this(directory, Set.of());
    }

    /// What a process substitution is called.
    static final String SUBSTITUTED = "/dev/fd/63";

    /// Files that hold nothing of anybody's.
    private static final Set<String> NOBODYS =
            Set.of(
                    "/dev/null",
                    "/dev/zero",
                    "/dev/full",
                    "/dev/random",
                    "/dev/urandom",
                    "/dev/stdin",
                    "/dev/stdout",
                    "/dev/stderr",
                    "/dev/fd/0",
                    "/dev/fd/1",
                    "/dev/fd/2",
                    SUBSTITUTED);

    static boolean isNobodys(String path) {
        return NOBODYS.contains(path);
    }

    /// The file under its own name and, if that is a link, the one that it leads to; empty if not
    /// known.
    List<Path> resolve(String text) {
        var path = path(text);
        if (path.isEmpty()) {
            return List.of();
        }
        if (path.get().startsWith("/proc")) {
            return List.of(path.get());
        }
        if (isBelowLink(path.get())) {
            return List.of();
        }
        var found = new LinkedHashSet<Path>();
        var name = path.get().getFileName();
        var parent = path.get().getParent();
        if (name != null && parent != null && !isDots(name)) {
            real(parent).map(real -> real.resolve(name)).ifPresent(found::add);
        }
        var target = real(path.get());
        target.ifPresent(found::add);
        if (target.isEmpty() && Files.isSymbolicLink(path.get())) {
            found.addAll(missingTarget(path.get()));
        }
        return found.size() == 1 && target.isEmpty() && Files.isSymbolicLink(path.get())
                ? List.of()
                : List.copyOf(found);
    }

    private boolean isBelowLink(Path path) {
        return !links.isEmpty()
                && (links.stream().anyMatch(path.normalize()::startsWith)
                        || real(path)
                                .filter(real -> links.stream().anyMatch(real::startsWith))
                                .isPresent());
    }

    private List<Path> missingTarget(Path link) {
        try {
            var folder = link.toAbsolutePath().getParent();
            var parent = folder == null ? Optional.<Path>empty() : real(folder);
            return parent.isEmpty()
                    ? List.of()
                    : real(parent.get().resolve(Files.readSymbolicLink(link))).stream().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /// The absolute path with dots as they are.
    Optional<Path> path(String text) {
        try {
            var path = Path.of(text);
            return path.isAbsolute()
                    ? Optional.of(path)
                    : directory == null || text.isEmpty()
                            ? Optional.empty()
                            : Optional.of(directory.resolve(path));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static boolean isDots(Path name) {
        return name.toString().equals(".") || name.toString().equals("..");
    }

    /// Resolves what exists of the path; the rest has to be plain names.
    static Optional<Path> real(Path path) {
        var missing = new ArrayList<Path>();
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                return real(at, missing);
            }
            if (at.getFileName() != null) {
                missing.add(at.getFileName());
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> real(Path existing, List<Path> missing) {
        try {
            var real = existing.toRealPath();
            Collections.reverse(missing);
            for (var name : missing) {
                if (name.toString().equals("..")) {
                    return Optional.empty();
                }
                real = name.toString().equals(".") ? real : real.resolve(name);
            }
            return Optional.of(real);
        } catch (IOException danglingOrForbidden) {
            return Optional.empty();
        }
    }

    /// Whether a file of this name stands in the folder or one above it.
    boolean hasAbove(String name) {
        if (directory == null) {
            return true;
        }
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }
}
