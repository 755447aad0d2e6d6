package dev.bowline.tools.search;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as calls give them and as results show them.
final class Places {
    private Places() {}

    /// The folder or file that a call names, links resolved where it exists.
    ///
    /// @throws IllegalArgumentException for text that cannot be a path
    static Path resolve(String given, ToolContext context) {
        checkNoNul(given);
        try {
            var home = context.environment().get("HOME");
            var path =
                    home != null && (given.equals("~") || given.startsWith("~/"))
                            ? Path.of(home + given.substring(1))
                            : context.workingDirectory().resolve(given);
            return real(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "\"" + given + "\" is not a path: " + e.getReason() + "; give another one", e);
        }
    }

    /// @throws IllegalArgumentException if the text holds a NUL
    static void checkNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the text \""
                            + text.replace("\0", "\\0")
                            + "\" holds a NUL character; leave it out");
        }
    }

    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /// What goes before a path below `root` so that it reads from the working directory; paths
    /// outside it are shown in full.
    static String prefix(Path root, ToolContext context) {
        var here = real(context.workingDirectory());
        if (root.equals(here)) {
            return "";
        }
        var shown = root.startsWith(here) ? here.relativize(root) : root;
        var text = shown.toString();
        return !Files.isDirectory(root) || text.endsWith("/") ? text : text + "/";
    }
}
