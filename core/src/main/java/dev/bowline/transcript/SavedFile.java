package dev.bowline.transcript;

import org.jspecify.annotations.Nullable;

/// What a file was before it was changed. `path` is absolute, with links resolved.
public record SavedFile(String path, Before before) {
    /// Where copies lie: a folder of this name in the session's folder for full results.
    public static final String FOLDER = "file-history";

    /// What was at the path.
    public sealed interface Before {}

    /// Nothing.
    public record Missing() implements Before {}

    /// A file; `name` is that of its copy in the session's folder for copies, `rights` its
    /// permissions such as `rw-r--r--`, or null where there are none.
    public record Copied(String name, @Nullable String rights) implements Before {}

    /// Something that was not copied; `reason` says why, in words.
    public record Skipped(String reason) implements Before {}
}
