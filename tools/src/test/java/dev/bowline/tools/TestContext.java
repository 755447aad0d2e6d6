package dev.bowline.tools;

import dev.bowline.json.Json;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.option.ToolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A session made of two folders, for tests of single tools.
public final class TestContext implements ToolContext, AutoCloseable {
    private final Path project;
    private final Path results;
    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private final Map<Class<?>, Object> states = new ConcurrentHashMap<>();
    private final List<Path> more;
    private volatile Path directory;
    private volatile String mode = "default";

    public TestContext(Path folder, Path... more) {
        try {
            this.project = Files.createDirectories(folder.resolve("project")).toRealPath();
            this.results = folder.toRealPath().resolve("results");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.directory = project;
        this.more = List.of(more);
    }

    public TestContext with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestContext without(String variable) {
        environment.remove(variable);
        return this;
    }

    /// Calls a built-in tool with the fields `name, value, name, value…`.
    public ToolResult call(String tool, Object... fields) throws Exception {
        return call(ToolOptions.DEFAULTS, tool, fields);
    }

    public ToolResult call(ToolOptions options, String tool, Object... fields) throws Exception {
        return tool(options, tool).call(input(fields), this);
    }

    public static Tool tool(ToolOptions options, String name) {
        return BuiltinTools.all(options).stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Json input(Object... fields) {
        var map = new TreeMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], fields[i + 1]);
        }
        return Json.of(map);
    }

    public Path file(String name, String content) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Override
    public String sessionId() {
        return "session-under-test";
    }

    @Override
    public String toolUseId() {
        return "toolu_test";
    }

    @Override
    public Path workingDirectory() {
        return directory;
    }

    @Override
    public void workingDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public Path projectDirectory() {
        return project;
    }

    @Override
    public List<Path> additionalDirectories() {
        return more;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public String permissionMode() {
        return mode;
    }

    @Override
    public void permissionMode(String wire) {
        mode = wire;
    }

    @Override
    public boolean mayRead(Path file) {
        return true;
    }

    @Override
    public Path resultsDirectory() {
        try {
            return Files.createDirectories(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(String text) {}

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public <T> T state(Class<T> type, Function<Path, T> create) {
        return type.cast(states.computeIfAbsent(type, any -> create.apply(resultsDirectory())));
    }

    @Override
    public void close() throws Exception {
        for (var state : states.values()) {
            if (state instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
