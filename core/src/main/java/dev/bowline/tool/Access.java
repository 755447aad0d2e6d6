package dev.bowline.tool;

import java.nio.file.Path;

/// One thing that a call would touch; permission rules are about these.
public sealed interface Access {
    /// A file or folder is read. Absolute, with links resolved where it exists.
    record Reads(Path path) implements Access {}

    /// A file or folder is written, created or removed. Absolute, with links resolved where it
    /// exists.
    record Writes(Path path) implements Access {}

    /// A shell command runs. `readOnly` is true only when it is certain that it changes nothing.
    record Runs(String command, boolean readOnly) implements Access {}

    /// An address is contacted.
    record Contacts(String url) implements Access {}

    /// Only the session's own data: lists, notes, background tasks. Never needs a permission.
    record Session() implements Access {}
}
