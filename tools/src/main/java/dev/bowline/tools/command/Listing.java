package dev.bowline.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Names of files that come out of a search below some folders, to be handed to another program.
/// The names begin with those of the folders. `plain` tells that none of them may be an option,
/// `inside` that none of them is a link that leads out of the working directories.
record Listing(List<Argument> roots, boolean plain, boolean inside) {
    private static final String FOUND = "{}";
    private static final String LEAVING = "{}?";

    /// How many files are looked at for links.
    private static final int MAX_FILES = 10_000;

    /// - `links`: whether links may be among the names
    static Listing of(Call call, List<Argument> roots, boolean links) {
        return of(call, roots, links, List.of());
    }

    /// - `names`: patterns that a name has to fit
    static Listing of(Call call, List<Argument> roots, boolean links, List<String> names) {
        var named = roots.isEmpty() ? Argument.all(".") : roots;
        boolean plain =
                named.stream().allMatch(root -> root.isKnown() && !root.startsWith("-"))
                        && call.trusted();
        return new Listing(named, plain, plain && (!links || !leads(call, named, names)));
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
        return argument.matches() != null && argument.shape().startsWith(FOUND);
    }

    /// Whether what was found may lead out of the working directories.
    static boolean isLeaving(Argument argument) {
        return argument.shape().equals(LEAVING);
    }

    /// Names without a folder before them, which may begin like options, at least when a shell has
    /// stripped them of blanks.
    static Listing here(Call call, boolean links) {
        var listing = of(call, List.of(), links);
        var globs = new Globs(call.disk());
        boolean plain =
                listing.plain
                        && List.of("-*", " *", "\t*").stream()
                                .allMatch(odd ->
                                        globs.expand(odd).filter(List.of(odd)::equals).isPresent());
        return new Listing(listing.roots, plain, plain && listing.inside);
    }

    Argument found() {
        var names = roots.stream().flatMap(root -> root.values().stream()).toList();
        return plain
                ? new Argument("{}", names, inside ? FOUND : LEAVING, false, false, false)
                : Argument.unknown("", true);
    }

    private static boolean leads(Call call, List<Argument> roots, List<String> names) {
        for (var root : roots) {
            for (var name : root.values()) {
                var paths = call.disk().resolve(name);
                if (paths.isEmpty() || leads(call, paths.getLast(), names)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean leads(Call call, Path folder, List<String> names) {
        try (var files = Files.find(folder, 64, (path, attributes) -> true)) {
            var all = files.limit(MAX_FILES + 1L).toList();
            return all.size() > MAX_FILES
                    || all.stream()
                            .filter(Files::isSymbolicLink)
                            .filter(link ->
                                    names.stream()
                                            .allMatch(name ->
                                                    Globs.fits(
                                                            name,
                                                            String.valueOf(link.getFileName()))))
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
