package dev.bowline.tools.search;

import dev.bowline.tool.Access;
import dev.bowline.tool.ToolContext;
import dev.bowline.tools.path.Decided;
import dev.bowline.tools.path.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Paths as calls give them and as results show them.
final class Places {
    private static final String SEARCHED = "search";

    private Places() {}

    /// The folder or file that a call names, links resolved.
    ///
    /// @throws IllegalArgumentException for text that cannot be a path or leads nowhere
    static Path resolve(String given, ToolContext context) {
        var path = absolute(given, context);
        try {
            return Resolved.of(path).real();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "\"" + given + "\" cannot be resolved: " + e.getMessage(), e);
        }
    }

    /// @throws IllegalArgumentException for text that cannot be a path
    static Path absolute(String given, ToolContext context) {
        checkNoNul(given);
        if (given.matches("~[A-Za-z_][A-Za-z0-9_.-]*(/.*)?")) {
            throw new IllegalArgumentException(
                    "\"" + given + "\" begins with somebody's name; give the absolute path");
        }
        try {
            var home = context.environment().get("HOME");
            return home != null && (given.equals("~") || given.startsWith("~/"))
                    ? Path.of(home + given.substring(1))
                    : context.workingDirectory().resolve(given);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "\"" + given + "\" is not a path: " + e.getReason() + "; give another one", e);
        }
    }

    /// What reading below a path that a call names touches. Text that is no path touches the root:
    /// nothing allows it by chance.
    static List<Access> accesses(Supplier<Path> path, ToolContext context) {
        try {
            return Decided.of(context).decide(context, SEARCHED, path::get).stream()
                    .<Access>map(Access.Reads::new)
                    .toList();
        } catch (IllegalArgumentException refusedByTheCall) {
            return List.of(new Access.Reads(context.workingDirectory().getRoot()));
        }
    }

    /// @throws IllegalArgumentException if the place of a search is another one than when
    ///   permission was decided
    static void checkDecided(Path root, ToolContext context) {
        if (!Decided.of(context).isDecided(context, SEARCHED, root)) {
            throw new IllegalArgumentException(
                    "the path leads to "
                            + root
                            + " now and led elsewhere when permission was decided; try again");
        }
    }

    /// Whether a file that a search came upon is still where its path says, with no link on the
    /// way.
    static boolean isStill(Path file) {
        try {
            return Resolved.of(file).real().equals(file);
        } catch (IOException gone) {
            return false;
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
