package dev.bowline.cli;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.prompt.Running;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command, run in this process with streams of the test's.
final class Cli {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /// What a run left behind.
    record Result(int code, String out, String err) {
        List<Map<String, Object>> frames() {
            return out.lines().map(Cli::object).toList();
        }

        Map<String, Object> lastFrame() {
            return frames().getLast();
        }
    }

    private Cli(Path directory, Path home) {
        this.directory = directory;
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("CLAUDE_CODE_MAX_RETRIES", "0");
    }

    /// Works in `root/work`, keeps its sessions below `root/home`.
    static Cli in(Path root) {
        try {
            return new Cli(
                    Files.createDirectories(root.resolve("work")).toRealPath(),
                    Files.createDirectories(root.resolve("home")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Map<String, String> environment() {
        return environment;
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli against(String baseUrl) {
        return with("ANTHROPIC_BASE_URL", baseUrl).with("ANTHROPIC_API_KEY", "sk-test");
    }

    Result run(String... args) {
        return runWithInput("", args);
    }

    Result runWithInput(String input, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console =
                Console.of(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        environment,
                        directory);
        int code = Main.run(List.of(args), console, new Running());
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    String file(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cli write(String name, String text) {
        try {
            var path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        return (Map<String, Object>) (Map<?, ?>) dev.bowline.json.Json.parse(json).asMap();
    }
}
