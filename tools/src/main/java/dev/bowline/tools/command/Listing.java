package dev.bowline.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Names of files that come out of a search below some folders, to be handed to another program.
/// The names begin with those of the folders. `inside` tells that none of them is a link that leads
/// out of the working directories.
record Listing(List<Argument> roots, boolean inside) {
    private static final String FOUND = "{}";

    /// How many files are looked at for links.
    private static final int MAX_FILES = 10_000;

    /// Names as they are below the folder that a program is in, which may look like options.
    ///
    /// - `links`: whether links may be among the names
    static Listing here(Call call, boolean links) {
        boolean plain = links ? !leads(call, Argument.all("."), name -> true) : call.trusted();
        return new Listing(
                Argument.all("."),
                plain && !call.disk().path(".").map(Listing::hasOptions).orElse(true));
    }

    /// - `links`: whether links may be among the names
    /// - `named`: whether a file of the name may be among them
    static Listing of(Call call, List<Argument> roots, boolean links, Predicate<String> named) {
        var folders = roots.isEmpty() ? Argument.all(".") : roots;
        boolean plain =
                folders.stream().allMatch(root -> root.isKnown() && !root.startsWith("-"))
                        && call.trusted();
        return new Listing(folders, plain && (!links || !leads(call, folders, named)));
    }

    private static boolean hasOptions(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "-*")) {
            return files.iterator().hasNext();
        } catch (NoSuchFileException nothing) {
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /// The arguments with the names in the place of `{}`: as the folders, when reading below them
    /// is all that can come of it.
    List<Argument> filled(List<Argument> words) {
        var filled = new ArrayList<Argument>();
        for (var word : words) {
            if (word.is("{}")) {
                filled.add(found());
            } else {
                filled.add(word.orEmpty().contains("{}") ? Argument.unknown("", false) : word);
            }
        }
        return filled;
    }

    static boolean isFound(Argument argument) {
        return argument.matches() != null && argument.shape().equals(FOUND);
    }

    Argument found() {
        var names = roots.stream().flatMap(root -> root.values().stream()).toList();
        return inside
                ? new Argument("{}", names, FOUND, false)
                : Argument.unknown(roots.getFirst().orEmpty() + "/", false);
    }

    private static boolean leads(Call call, List<Argument> roots, Predicate<String> named) {
        for (var root : roots) {
            for (var name : root.values()) {
                var paths = call.disk().resolve(name);
                if (paths.isEmpty() || leads(call, paths.getLast(), named)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean leads(Call call, Path folder, Predicate<String> named) {
        try (var files = Files.find(folder, 64, (path, attributes) -> true)) {
            var all = files.limit(MAX_FILES + 1L).toList();
            return all.size() > MAX_FILES
                    || all.stream()
                            .filter(Files::isSymbolicLink)
                            .filter(link -> named.test(String.valueOf(link.getFileName())))
                            .anyMatch(link -> leaves(call, link));
        } catch (NoSuchFileException nothing) {
            return false;
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return true;
        }
    }

    private static boolean leaves(Call call, Path link) {
        return Disk.real(link)
                .map(real -> call.where().workingDirectories().stream().noneMatch(real::startsWith))
                .orElse(true);
    }
}
