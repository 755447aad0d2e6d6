package dev.bowline.cli;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.console.Signals;
import dev.bowline.cli.prompt.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the common commands once, so that the AOT cache recorded around it holds what they load.
///
/// Expects to be started by the launcher in an empty scratch directory, with a scratch home and no
/// credentials, so that prompts are answered by the offline model. A command that fails is no error
/// here: it has loaded its classes.
final class Training {
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("--version"),
                    List.of("--help"),
                    List.of("tools", "list"),
                    List.of("-p", "What files are in the working directory?"),
                    List.of(
                            "-p",
                            "Which file mentions halyard?",
                            "--output-format",
                            "stream-json",
                            "--verbose"),
                    List.of("-p", "run true", "--output-format", "json"),
                    List.of("sessions", "list"));

    private static final String SETTINGS =
            """
            {"permissions": {"allow": ["Bash(true)", "Bash(git status *)"], "deny": ["Read(./.env)"]},
             "hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "true"}]}]}}
            """;

    private Training() {}

    static void main(String[] args) {
        Signals.handle(Training::stop, Training::stop);
        write(Path.of("notes.txt"), "The halyard is cleated.\n");
        write(settings(System.getenv()), SETTINGS);
        for (List<String> command : COMMANDS) {
            System.out.println("$ bowline " + String.join(" ", command));
            System.out.println("exit code " + Main.execute(command.toArray(String[]::new)));
        }
        callAService();
    }

    private static void stop() {
        Runtime.getRuntime().halt(1);
    }

    /// What a prompt needs that goes over the network, and the next one that resumes its session.
    private static void callAService() {
        try (var service = TrainingService.start()) {
            var environment = new HashMap<>(System.getenv());
            environment.put("ANTHROPIC_BASE_URL", service.baseUrl());
            environment.put("ANTHROPIC_API_KEY", "training");
            for (var format : List.of("text", "json", "stream-json")) {
                var args =
                        List.of(
                                "-p",
                                "Hello",
                                "--continue",
                                "--output-format",
                                format,
                                "--verbose",
                                "--include-partial-messages");
                var console =
                        Console.of(
                                InputStream.nullInputStream(),
                                System.out,
                                System.err,
                                environment,
                                Path.of("").toAbsolutePath());
                System.out.println("exit code " + Main.run(args, console, new Running()));
            }
            serveAHost(environment, List.of("--continue", "--fork-session"));
            serveAHost(environment, List.of());
        }
    }

    /// What a program needs that drives the engine over pipes.
    private static void serveAHost(Map<String, String> environment, List<String> more) {
        var host = new TrainingHost();
        var args = new ArrayList<>(more);
        args.addAll(
                List.of(
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--input-format",
                        "stream-json",
                        "--include-partial-messages",
                        "--model=claude-sonnet-5",
                        "--permission-prompt-tool",
                        "stdio"));
        var console =
                Console.of(
                        host.input(),
                        host.output(),
                        System.err,
                        environment,
                        Path.of("").toAbsolutePath());
        System.out.println("exit code " + Main.run(args, console, new Running()));
    }

    /// The user's file, so that reading settings and deciding by rules is part of it.
    private static Path settings(Map<String, String> environment) {
        var folder = environment.get("CLAUDE_CONFIG_DIR");
        return (folder == null ? Path.of("") : Path.of(folder)).resolve("settings.json");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.toAbsolutePath(), e);
        }
    }
}
