package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Collects the files of a call. `isComplete` turns false with the first one that isn't known.
final class Touched {
    /// Stands for a file of which only the run tells where it is.
    static final Path ANYWHERE = Path.of("/");

    /// How many files of a folder are told one by one.
    private static final int MAX_TOLD = 64;

    private final Call call;
    private final Set<Access> files = new LinkedHashSet<>();
    private boolean complete = true;
    private boolean deleting;

    Touched(Call call) {
        this.call = call;
    }

    List<Access> files() {
        return new ArrayList<>(files);
    }

    boolean isComplete() {
        return complete;
    }

    void incomplete() {
        complete = false;
    }

    Touched reads(Argument file) {
        return file.isKnown() ? all(file, Access.Reads::new) : anything(new Access.Scans(ANYWHERE));
    }

    /// Small folders are told file by file.
    Touched scans(Argument folder) {
        if (!folder.isKnown()) {
            return anything(new Access.Scans(ANYWHERE));
        }
        for (var text : folder.values()) {
            var inside = few(call.disk().resolve(text));
            if (inside.isEmpty()) {
                return all(folder, Access.Scans::new);
            }
            inside.forEach(path -> files.add(new Access.Reads(path)));
        }
        return all(folder, Access.Reads::new);
    }

    private Touched anything(Access access) {
        complete = false;
        files.add(access);
        return this;
    }

    void removes(Path path) {
        files.add(new Access.Removes(path));
    }

    /// All that is in a folder, when that isn't much; else nothing.
    private static List<Path> few(List<Path> folder) {
        if (folder.isEmpty() || !Files.isDirectory(folder.getLast())) {
            return folder;
        }
        try (var files = Files.walk(folder.getLast(), 16)) {
            var all = files.limit(MAX_TOLD + 1L).toList();
            return all.size() > MAX_TOLD ? List.of() : all;
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    Call call() {
        return call;
    }

    private Touched scans(List<Argument> folders) {
        folders.forEach(this::scans);
        return this;
    }

    Touched writes(Argument file) {
        if (Listing.isFound(file)) {
            complete = false;
            return this;
        }
        return file.isKnown()
                ? all(file, Access.Writes::new)
                : anything(new Access.Writes(ANYWHERE));
    }

    Touched reads(String file) {
        return reads(Argument.of(file));
    }

    Touched scans(String folder) {
        return scans(Argument.of(folder));
    }

    /// As [#removes(Argument)], for what is not moved elsewhere: whoever deletes all that is in a
    /// working directory deletes as much as with the directory itself.
    Touched deletes(Argument file) {
        deleting = true;
        return removes(file);
    }

    /// A removal goes for the name, not for what it leads to; what can't be known may be everything
    /// in a folder.
    Touched removes(Argument file) {
        if (file.matches() != null && Listing.isFound(file)) {
            return foundRemoved(file);
        }
        if (file.isKnown()) {
            for (var text : file.values()) {
                var paths = call.disk().resolve(text);
                if (paths.isEmpty()) {
                    complete = false;
                    call.disk()
                            .path(text)
                            .ifPresent(path -> files.add(new Access.Writes(path.normalize())));
                } else {
                    files.add(removal(text.endsWith("/") ? paths.getLast() : paths.getFirst()));
                }
            }
            if (file.matches() == null || !isOnlyWild(file.orEmpty())) {
                return this;
            }
        } else {
            anything(new Access.Writes(ANYWHERE));
        }
        return emptied(file);
    }

    /// A single file that goes is as one that is written.
    private static Access removal(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? new Access.Removes(path)
                : new Access.Writes(path);
    }

    /// Of what a search finds, it is only known where it is.
    private Touched foundRemoved(Argument file) {
        complete = false;
        for (var text : file.values()) {
            for (Path path : call.disk().resolve(text)) {
                if (call.where().workingDirectories().stream().noneMatch(path::startsWith)) {
                    files.add(new Access.Removes(path));
                }
            }
        }
        return this;
    }

    private Touched emptied(Argument file) {
        var shape = file.shape();
        var folder =
                isOnlyWild(shape) || !file.isKnown() && shape.endsWith("/")
                        ? shape.substring(0, shape.lastIndexOf('/') + 1)
                        : "";
        if (!folder.isEmpty() || isOnlyWild(shape)) {
            for (Path path : call.disk().resolve(folder.isEmpty() ? "." : folder)) {
                boolean here = path.equals(call.disk().directory());
                boolean whole = call.where().workingDirectories().contains(path);
                if (whole
                        ? deleting
                        : !path.equals(call.where().directory()) && !(here && isOurs(path))) {
                    files.add(new Access.Removes(path));
                }
            }
        }
        return this;
    }

    private boolean isOurs(Path path) {
        return call.where().workingDirectories().stream().anyMatch(path::startsWith);
    }

    private static boolean isOnlyWild(String pattern) {
        var name = pattern.substring(pattern.lastIndexOf('/') + 1);
        return !name.isEmpty() && name.chars().allMatch(c -> c == '*' || c == '.' || c == '?');
    }

    private Touched all(Argument file, Function<Path, Access> access) {
        if (Listing.isFound(file)) {
            complete &= !Listing.isLeaving(file);
            return scans(Argument.all(file.values().toArray(String[]::new)));
        }
        for (var text : file.values()) {
            var paths = Disk.isNobodys(text) ? List.<Path>of() : call.disk().resolve(text);
            if (paths.isEmpty() && !Disk.isNobodys(text)) {
                complete = false;
                call.disk().path(text).ifPresent(path -> files.add(access.apply(path.normalize())));
            }
            paths.forEach(path -> files.add(access.apply(path)));
        }
        if (file.matches() != null && !call.trusted()) {
            complete = false;
        }
        return this;
    }
}
