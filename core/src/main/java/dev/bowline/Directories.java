package dev.bowline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Where an agent works, as [AgentOptions] say it.
final class Directories {
    private final List<Path> additional = new ArrayList<>();
    private Path main = Path.of("");

    void main(Path where) {
        main = where;
    }

    void add(Collection<Path> more) {
        additional.addAll(more);
    }

    /// The real path of the working directory.
    Path main() {
        return real(main);
    }

    /// Those of the others.
    List<Path> additional() {
        return additional.stream().map(Directories::real).toList();
    }

    private static Path real(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "the working directory "
                            + directory
                            + " does not exist or is not a directory; create it or choose another");
        }
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the working directory " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }
}
