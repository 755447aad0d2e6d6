package dev.bowline.cli.permissions;

import dev.bowline.time.TimeSource;
import dev.bowline.tool.ToolContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The surroundings of a call that is only looked at: nothing runs in them, nothing is kept.
final class StillContext implements ToolContext {
    private final Path directory;
    private final Path home;
    private final List<Path> additional;
    private final Map<Class<?>, Object> states = new HashMap<>();

    StillContext(Path directory, Path home, List<Path> additional) {
        this.directory = directory;
        this.home = home;
        this.additional = List.copyOf(additional);
    }

    @Override
    public String sessionId() {
        return "permissions";
    }

    @Override
    public String toolUseId() {
        return "permissions";
    }

    @Override
    public Path workingDirectory() {
        return directory;
    }

    @Override
    public void workingDirectory(Path other) {
        throw new IllegalStateException("nothing runs here");
    }

    @Override
    public Path projectDirectory() {
        return directory;
    }

    @Override
    public List<Path> additionalDirectories() {
        return additional;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "PWD", directory.toString());
    }

    @Override
    public String permissionMode() {
        return "default";
    }

    @Override
    public void permissionMode(String wire) {
        throw new IllegalStateException("nothing runs here");
    }

    @Override
    public boolean mayRead(Path file) {
        return false;
    }

    @Override
    public Path resultsDirectory() {
        throw new IllegalStateException("nothing runs here");
    }

    @Override
    public void progress(String text) {
        throw new IllegalStateException("nothing runs here");
    }

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public <T> T state(Class<T> type, Function<Path, T> create) {
        return type.cast(states.computeIfAbsent(type, any -> create.apply(directory)));
    }
}
