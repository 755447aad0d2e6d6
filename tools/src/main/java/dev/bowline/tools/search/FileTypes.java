package dev.bowline.tools.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names for kinds of files, from `file-types.txt`: a name, a colon, globs over file names.
final class FileTypes {
    private static final class Holder {
        static final SortedMap<String, List<String>> GLOBS = load();
    }

    private FileTypes() {}

    /// The globs of a type; none for the empty name.
    ///
    /// @throws IllegalArgumentException for a name that is not known
    static List<String> globs(String type) {
        if (type.isEmpty()) {
            return List.of();
        }
        var globs = Holder.GLOBS.get(type);
        if (globs == null) {
            throw new IllegalArgumentException(
                    "unrecognized file type: "
                            + type
                            + "; use one of "
                            + String.join(", ", Holder.GLOBS.keySet())
                            + ", or the field glob");
        }
        return globs;
    }

    private static SortedMap<String, List<String>> load() {
        var types = new TreeMap<String, List<String>>();
        try (var in = FileTypes.class.getResourceAsStream("file-types.txt")) {
            var text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.contains(":")).forEach(line -> add(types, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private static void add(SortedMap<String, List<String>> types, String line) {
        int colon = line.indexOf(':');
        var globs = List.of(line.substring(colon + 1).strip().split(" +", -1));
        for (var name : line.substring(0, colon).strip().split(" +", -1)) {
            types.put(name, globs);
        }
    }
}
