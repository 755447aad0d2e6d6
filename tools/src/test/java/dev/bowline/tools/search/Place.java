package dev.bowline.tools.search;

import dev.bowline.time.TimeSource;
import dev.bowline.tool.ToolContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A session's place for a tool under test: a folder, and the environment of this JVM.
public final class Place implements ToolContext {
    private final Path folder;
    private final Path results;
    private final Map<String, String> environment;
    private final TimeSource time;
    private final Map<Class<?>, Object> states = new HashMap<>();

    public Place(Path folder, Path results) {
        this(folder, results, System.getenv(), TimeSource.system());
    }

    public Place(Path folder, Path results, Map<String, String> environment, TimeSource time) {
        this.folder = folder;
        this.results = results;
        this.environment = environment;
        this.time = time;
    }

    @Override
    public String sessionId() {
        return "session";
    }

    @Override
    public String toolUseId() {
        return "toolu_1";
    }

    @Override
    public Path workingDirectory() {
        return folder;
    }

    @Override
    public void workingDirectory(Path directory) {
        throw new AssertionError("searching never moves");
    }

    @Override
    public Path projectDirectory() {
        return folder;
    }

    @Override
    public List<Path> additionalDirectories() {
        return List.of();
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public String permissionMode() {
        return "default";
    }

    @Override
    public void permissionMode(String wire) {
        throw new AssertionError("searching never changes the mode");
    }

    @Override
    public boolean mayRead(Path file) {
        return true;
    }

    @Override
    public Path resultsDirectory() {
        return results;
    }

    @Override
    public void progress(String text) {}

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public <T> T state(Class<T> type, Function<Path, T> create) {
        return type.cast(states.computeIfAbsent(type, any -> create.apply(results)));
    }
}
