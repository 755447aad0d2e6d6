package dev.bowline.tools.path;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the paths of calls led when permission was asked for, so that a call can tell whether they
/// lead elsewhere when it runs. Holds at most 5,000 paths; the one longest unused is forgotten
/// first.
public final class Decided {
    private static final int MAX_PATHS = 5_000;

    private record Key(String call, String text) {}

    /// Empty for a path that could not be resolved.
    private final Map<Key, Optional<Path>> paths =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Optional<Path>> eldest) {
                    return size() > MAX_PATHS;
                }
            };

    /// The session's.
    public static Decided of(ToolContext context) {
        return context.state(Decided.class, folder -> new Decided());
    }

    /// Resolves a path that a call names, notes where it leads, and gives every name that the
    /// decision has to look at. What cannot be resolved is decided as the root of the file system.
    ///
    /// @param text as the call has it
    /// @param path what it means; may throw what [Path#of] throws
    public List<Path> decide(ToolContext context, String text, Asked path) {
        var key = new Key(context.toolUseId(), text);
        try {
            var resolved = Resolved.of(path.absolute());
            note(key, Optional.of(resolved.real()));
            return resolved.namesFor(workplaces(context));
        } catch (IOException | InvalidPathException refusedInCall) {
            note(key, Optional.empty());
            return List.of(context.workingDirectory().getRoot());
        }
    }

    /// A path that a call names, absolute.
    @FunctionalInterface
    public interface Asked {
        Path absolute() throws IOException;
    }

    private synchronized void note(Key key, Optional<Path> real) {
        paths.put(key, real);
    }

    /// Whether permission was asked for this path; true for a call that nobody asked about.
    public synchronized boolean isDecided(ToolContext context, String text, Path real) {
        var earlier = paths.remove(new Key(context.toolUseId(), text));
        return earlier == null || earlier.equals(Optional.of(real));
    }

    private static List<Path> workplaces(ToolContext context) {
        return Stream.concat(
                        Stream.of(context.workingDirectory(), context.projectDirectory()),
                        context.additionalDirectories().stream())
                .distinct()
                .toList();
    }
}
