package dev.bowline.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Predicate;

/// Looks at what is in folders, without following links, for one decision: at 4,000 entries in all,
/// so that it takes milliseconds.
public final class FolderLook {
    private static final int MAX_ENTRIES = 4_000;

    private int seen;

    /// Whether a folder holds a path for which `test` is true, at any depth; also true when it
    /// can't be looked at or there is too much to look at.
    public boolean holds(Path root, Predicate<Path> test) {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (root.getNameCount() == 0) {
            return true;
        }
        try (var all = Files.walk(root)) {
            Iterator<Path> paths = all.iterator();
            while (paths.hasNext()) {
                if (++seen > MAX_ENTRIES || test.test(paths.next())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException unreadable) {
            return true;
        }
    }
}
