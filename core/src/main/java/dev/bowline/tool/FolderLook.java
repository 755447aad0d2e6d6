package dev.bowline.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Predicate;

/// Looks at what is in a folder, without following links.
public final class FolderLook {
    /// More is not looked at.
    private static final int MAX_ENTRIES = 20_000;

    private FolderLook() {}

    /// Whether a folder holds a path for which `test` is true, at any depth; also true when it
    /// can't be looked at or holds more than 20,000 entries.
    public static boolean holds(Path root, Predicate<Path> test) {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var all = Files.walk(root)) {
            Iterator<Path> paths = all.iterator();
            for (int seen = 0; paths.hasNext(); seen++) {
                if (seen == MAX_ENTRIES || test.test(paths.next())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException unreadable) {
            return true;
        }
    }
}
