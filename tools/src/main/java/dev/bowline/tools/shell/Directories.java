package dev.bowline.tools.shell;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where commands run: the session's directory follows `cd` as long as it stays in the working
/// directories.
final class Directories {
    /// Longer than any path that the system knows.
    private static final int MAX_PATH = 16_384;

    private Directories() {}

    /// The session's directory, or the project's when that is gone.
    ///
    /// @throws IOException if both are gone
    static Path existing(ToolContext context) throws IOException {
        if (Files.isDirectory(context.workingDirectory())) {
            return context.workingDirectory();
        }
        if (!Files.isDirectory(context.projectDirectory())) {
            throw new IOException(
                    "the directory " + context.projectDirectory() + " does not exist any more");
        }
        context.workingDirectory(context.projectDirectory());
        return context.projectDirectory();
    }

    /// Takes over the directory that a finished command ended in. The result is "" or a note that
    /// it was reset.
    static String follow(RunningCommand running, Path before, ToolContext context)
            throws IOException {
        var file = running.files().directory();
        if (file == null || RunningCommand.size(file) == 0) {
            return reset(before, context);
        }
        var text = RunningCommand.size(file) > MAX_PATH ? "/" : Files.readString(file);
        var after = Path.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        if (Files.isDirectory(after) && isInside(after, context)) {
            context.workingDirectory(after);
            return "";
        }
        context.workingDirectory(context.projectDirectory());
        return note(context.projectDirectory());
    }

    private static String reset(Path before, ToolContext context) {
        if (Files.isDirectory(before)) {
            return "";
        }
        context.workingDirectory(context.projectDirectory());
        return note(context.projectDirectory());
    }

    private static String note(Path directory) {
        return "Shell cwd was reset to " + directory;
    }

    static boolean isInside(Path path, ToolContext context) {
        return roots(context).stream().anyMatch(path::startsWith);
    }

    /// The project and the additional directories, as given and with links resolved.
    static List<Path> roots(ToolContext context) {
        return Stream.concat(
                        Stream.of(context.projectDirectory()),
                        context.additionalDirectories().stream())
                .flatMap(root -> Stream.of(root, real(root)))
                .distinct()
                .toList();
    }

    /// The same, links resolved only.
    static List<Path> realRoots(ToolContext context) {
        return roots(context).stream().map(Directories::real).distinct().toList();
    }

    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }
}
