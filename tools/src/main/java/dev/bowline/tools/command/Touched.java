package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Collects the files of a call. `isComplete` turns false with the first one that isn't known.
final class Touched {
    private final Call call;
    private final Set<Access> files = new LinkedHashSet<>();
    private boolean complete = true;

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
        return all(file, Access.Reads::new);
    }

    Touched scans(Argument folder) {
        return all(folder, Access.Scans::new);
    }

    Touched writes(Argument file) {
        if (Listing.isFound(file)) {
            complete = false;
            return this;
        }
        return all(file, Access.Writes::new);
    }

    Touched reads(String file) {
        return reads(Argument.of(file));
    }

    Touched scans(String folder) {
        return scans(Argument.of(folder));
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
                } else {
                    files.add(new Access.Removes(text.endsWith("/") ? paths.getLast() : paths.getFirst()));
                }
            }
            if (file.matches() == null || !isOnlyWild(file.orEmpty())) {
                return this;
            }
        } else {
            complete = false;
        }
        return emptied(file);
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
        if (!folder.isEmpty()) {
            for (Path path : call.disk().resolve(folder)) {
                if (!path.equals(call.where().directory())
                        && !path.equals(call.disk().directory())) {
                    files.add(new Access.Removes(path));
                }
            }
        }
        return this;
    }

    private static boolean isOnlyWild(String pattern) {
        var name = pattern.substring(pattern.lastIndexOf('/') + 1);
        return !name.isEmpty() && name.chars().allMatch(c -> c == '*' || c == '.' || c == '?');
    }

    private Touched all(Argument file, Function<Path, Access> access) {
        if (!file.isKnown()) {
            complete = false;
        }
        for (var text : file.values()) {
            var paths = Disk.isNobodys(text) ? List.<Path>of() : call.disk().resolve(text);
            if (paths.isEmpty() && !Disk.isNobodys(text)) {
                complete = false;
            }
            paths.forEach(path -> files.add(access.apply(path)));
        }
        if (file.matches() != null && !call.trusted()) {
            complete = false;
        }
        return this;
    }
}
