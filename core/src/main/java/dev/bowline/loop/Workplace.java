package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.ChildEnvironment;
import dev.bowline.tool.Tasks;
import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What tools of one session share: directories, environment, and the objects that they keep
/// between calls.
final class Workplace implements AutoCloseable {
    private final String sessionId;
    private final Path project;
    private final Supplier<List<Path>> additional;
    private final Supplier<Path> results;
    private final BiPredicate<Path, Path> readable;
    private final Supplier<String> mode;
    private final Tasks tasks;
    private final TimeSource time;
    private final Map<Class<?>, Object> states = new LinkedHashMap<>();
    private final Map<String, String> exported = new HashMap<>();
    private Map<String, String> given;
    private volatile Map<String, String> environment;
    private volatile Path directory;
    private volatile @Nullable String nextMode;
    private volatile boolean kept;

    Workplace(
            String sessionId,
            Path project,
            Path directory,
            Supplier<List<Path>> additional,
            Map<String, String> environment,
            Supplier<Path> results,
            BiPredicate<Path, Path> readable,
            Supplier<String> mode,
            Tasks tasks,
            TimeSource time) {
        this.sessionId = sessionId;
        this.project = project;
        this.directory = directory;
        this.additional = additional;
        this.given = environment;
        this.environment = Map.copyOf(environment);
        this.results = results;
        this.readable = readable;
        this.mode = mode;
        this.tasks = tasks;
        this.time = time;
    }

    Path directory() {
        return directory;
    }

    /// Commands that start from now on get these variables, and those of [#export].
    synchronized void environment(Map<String, String> variables) {
        given = variables;
        mix();
    }

    /// Gives later commands more variables, or other values. What looks like a credential stays
    /// out, as it does of what the process was started with.
    synchronized void export(Map<String, String> variables) {
        exported.putAll(ChildEnvironment.of(variables));
        mix();
    }

    private void mix() {
        var all = new HashMap<>(given);
        all.putAll(exported);
        environment = Map.copyOf(all);
    }

    Tasks tasks() {
        return tasks;
    }

    /// The permission mode that a tool has chosen since this was asked last.
    Optional<String> takeMode() {
        var chosen = Optional.ofNullable(nextMode);
        nextMode = null;
        return chosen;
    }

    private Path resultsDirectory() {
        var folder = results.get();
        kept = true;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw new BowlineException(
                    ErrorCode.STORE_UNWRITABLE,
                    "cannot make the folder for tool results " + folder + ": " + e.getMessage(),
                    e);
        }
    }

    /// Hides secrets in what a tool has kept for a call, or for all of them.
    void hide(KeptOutput secrets, String toolUseId) {
        if (kept && !secrets.isEmpty()) {
            secrets.hide(results.get(), toolUseId);
        }
    }

    synchronized <T> T state(Class<T> type, Function<Path, T> create) {
        var known = states.get(type);
        if (known == null) {
            known = create.apply(results.get());
            states.put(type, known);
        }
        return type.cast(known);
    }

    ToolContext context(String toolUseId, Consumer<String> progress) {
        return new Call(toolUseId, progress);
    }

    /// Closes what tools have kept, newest first.
    @Override
    public synchronized void close() {
        var kept = List.copyOf(states.values()).reversed();
        states.clear();
        BowlineException failure = null;
        for (var state : kept) {
            try {
                if (state instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception e) {
                failure =
                        new BowlineException(
                                ErrorCode.TOOL_CRASHED,
                                "could not close "
                                        + state.getClass().getSimpleName()
                                        + ": "
                                        + e.getMessage(),
                                e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private final class Call implements ToolContext {
        private final String toolUseId;
        private final Consumer<String> progress;

        Call(String toolUseId, Consumer<String> progress) {
            this.toolUseId = toolUseId;
            this.progress = progress;
        }

        @Override
        public String sessionId() {
            return sessionId;
        }

        @Override
        public String toolUseId() {
            return toolUseId;
        }

        @Override
        public Path workingDirectory() {
            return directory;
        }

        @Override
        public void workingDirectory(Path to) {
            directory = to;
        }

        @Override
        public Path projectDirectory() {
            return project;
        }

        @Override
        public List<Path> additionalDirectories() {
            return additional.get();
        }

        @Override
        public Map<String, String> environment() {
            return environment;
        }

        @Override
        public boolean mayRead(Path file) {
            return readable.test(file, file);
        }

        @Override
        public boolean mayFind(Path file, Path root) {
            return readable.test(file, root);
        }

        @Override
        public Path resultsDirectory() {
            return Workplace.this.resultsDirectory();
        }

        @Override
        public void progress(String text) {
            progress.accept(text);
        }

        @Override
        public Tasks tasks() {
            return tasks;
        }

        @Override
        public String permissionMode() {
            var chosen = nextMode;
            return chosen == null ? mode.get() : chosen;
        }

        @Override
        public void permissionMode(String wire) {
            nextMode = wire;
        }

        @Override
        public TimeSource time() {
            return time;
        }

        @Override
        public <T> T state(Class<T> type, Function<Path, T> create) {
            return Workplace.this.state(type, create);
        }
    }
}
