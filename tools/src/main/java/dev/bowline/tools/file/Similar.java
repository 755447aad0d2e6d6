package dev.bowline.tools.file;

import dev.bowline.tool.ToolContext;
import dev.bowline.tools.path.Folder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says that a file is missing, and which existing name was perhaps meant.
final class Similar {
    private static final int MAX_NAMES = 2_000;

    private Similar() {}

    static String missing(Target target, ToolContext context) {
        return "File does not exist: "
                + target.asked()
                + ". Note: the working directory is "
                + context.workingDirectory()
                + "."
                + near(target.real()).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static Optional<Path> near(Path file) {
        var folder = file.getParent();
        if (folder == null) {
            return Optional.empty();
        }
        var wanted = file.getFileName().toString().toLowerCase(Locale.ROOT);
        @Nullable Path best = null;
        int least = Math.max(2, wanted.length() / 3) + 1;
        int looked = 0;
        try (var open = Folder.open(folder)) {
            for (var names = open.names(); names.hasNext() && looked < MAX_NAMES; looked++) {
                var candidate = names.next();
                int distance = distance(wanted, candidate.toString().toLowerCase(Locale.ROOT));
                if (distance < least) {
                    least = distance;
                    best = folder.resolve(candidate);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
        return Optional.ofNullable(best);
    }

    /// How many characters to insert, remove or change; another ending of the same name counts as
    /// one.
    private static int distance(String a, String b) {
        if (stem(a).equals(stem(b))) {
            return 1;
        }
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
