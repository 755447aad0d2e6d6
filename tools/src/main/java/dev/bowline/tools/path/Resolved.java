package dev.bowline.tools.path;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// What a path leads to.
///
/// - `real`: with every link resolved, also those of a file that does not exist yet
/// - `names`: what it is called on the way there, once for each link that is followed: the folder
///   of the link resolved, what comes behind it not. Empty for a path without links
public record Resolved(Path real, List<Path> names) {
    private static final int MAX_LINKS = 40;
    private static final boolean EXACT_NAMES =
            System.getProperty("os.name", "").startsWith("Linux");
    private static final Path PROC = Path.of("/proc");

    public Resolved {
        names = List.copyOf(names);
    }

    /// Follows links name by name, so that `..` after a link means the parent of its target, and a
    /// dangling link means the file that writing to it would make. On systems that ignore case,
    /// names that exist are as they are on disk.
    ///
    /// @param path absolute
    /// @throws FileSystemLoopException after 40 links
    public static Resolved of(Path path) throws IOException {
        var left = new ArrayDeque<Path>();
        path.forEach(left::add);
        var names = new ArrayList<Path>();
        Path at = path.getRoot();
        while (!left.isEmpty()) {
            var name = left.removeFirst();
            var text = name.toString();
            if (text.equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
            } else if (!text.equals(".") && !text.isEmpty()) {
                var next = at.resolve(name);
                if (!Files.isSymbolicLink(next)) {
                    at = next;
                    continue;
                }
                names.add(behind(next, left));
                if (names.size() > MAX_LINKS) {
                    throw new FileSystemLoopException(next.toString());
                }
                var target = Files.readSymbolicLink(next);
                at = target.isAbsolute() ? target.getRoot() : at;
                var back = new ArrayList<Path>();
                target.forEach(back::add);
                back.reversed().forEach(left::addFirst);
            }
        }
        return new Resolved(asOnDisk(at), names);
    }

    private static Path behind(Path link, Collection<Path> rest) {
        var path = link;
        for (var name : rest) {
            path = path.resolve(name);
        }
        return path.normalize();
    }

    private static Path asOnDisk(Path path) throws IOException {
        return EXACT_NAMES || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? path
                : path.toRealPath();
    }

    /// Every name that a decision on a path has to look at: rules that deny hold for any of them,
    /// rules that allow need all. The real path is first, and alone when no link is on the way.
    /// Other spellings of the directories that the session works in are left out, as they say
    /// nothing more. What cannot be resolved is named as the root of its file system too, which
    /// nothing allows by chance. Never empty.
    ///
    /// @param asked absolute, or relative to `workingDirectory`
    /// @param workingDirectory absolute; where the process that uses the path is
    /// @param workplaces the directories that the session works in, absolute
    public static List<Path> namesOf(
            Path asked, Path workingDirectory, Collection<Path> workplaces) {
        var path = workingDirectory.resolve(asked);
        try {
            var names = new LinkedHashSet<Path>();
            names.addAll(of(path).namesFor(workplaces));
            for (var process : ofProcess(path.normalize(), workingDirectory)) {
                names.addAll(of(process).all());
            }
            return List.copyOf(names);
        } catch (IOException | InvalidPathException unresolvable) {
            return List.of(path.normalize(), path.getRoot());
        }
    }

    /// The names without other spellings of the directories that the session works in, the real
    /// path first; for who acts on the real path and not on the one asked for.
    public List<Path> namesFor(Collection<Path> workplaces) throws IOException {
        var all = new LinkedHashSet<Path>();
        all.add(real);
        for (var name : names) {
            if (!isSpelling(name, real, workplaces)) {
                all.add(name);
            }
        }
        return List.copyOf(all);
    }

    /// The same for a session that works in one directory only.
    public static List<Path> namesOf(Path asked, Path workingDirectory) {
        return namesOf(asked, workingDirectory, List.of(workingDirectory));
    }

    /// The real path and all names, without doubles.
    public List<Path> all() {
        var all = new LinkedHashSet<Path>();
        all.add(real);
        all.addAll(names);
        return List.copyOf(all);
    }

    /// Whether a name only says in other words that a file is in a directory of the session: its
    /// beginning leads to that directory, and the rest is the same.
    private static boolean isSpelling(Path name, Path real, Collection<Path> workplaces)
            throws IOException {
        if (name.startsWith(PROC)) {
            return false;
        }
        for (var workplace : workplaces) {
            var here = of(workplace).real;
            int below = real.getNameCount() - here.getNameCount();
            int start = name.getNameCount() - below;
            if (real.startsWith(here)
                    && !name.startsWith(here)
                    && start > 0
                    && (below == 0 || name.endsWith(here.relativize(real)))
                    && of(name.getRoot().resolve(name.subpath(0, start))).real.equals(here)) {
                return true;
            }
        }
        return false;
    }

    /// What `/proc/…/cwd` and `/proc/…/root` mean to the process that uses the path; for this one
    /// they may mean something else.
    private static List<Path> ofProcess(Path path, Path workingDirectory) {
        if (!path.startsWith(PROC)) {
            return List.of();
        }
        for (int i = 1; i < path.getNameCount(); i++) {
            var name = path.getName(i).toString();
            boolean last = i + 1 == path.getNameCount();
            var rest = last ? Path.of("") : path.subpath(i + 1, path.getNameCount());
            if (name.equals("cwd")) {
                return List.of(workingDirectory.resolve(rest));
            }
            if (name.equals("root")) {
                return List.of(path.getRoot().resolve(rest));
            }
        }
        return List.of();
    }
}
