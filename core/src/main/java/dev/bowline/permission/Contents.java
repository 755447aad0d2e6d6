package dev.bowline.permission;

import java.nio.file.Path;
import java.util.function.Predicate;

/// What is in folders, for rules about files in a folder that a call reads or removes as a whole.
@FunctionalInterface
public interface Contents {
    /// Anything may be anywhere.
    Contents UNKNOWN = (root, test) -> true;

    /// Whether a folder holds a path for which `test` is true, at any depth; true when there is too
    /// much to look at.
    boolean hold(Path root, Predicate<Path> test);
}
