package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.noAnswer;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Bowline;
import dev.bowline.cli.frame.Frames;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Gate;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own shows: signals, a reader that goes away, children.
@Timeout(60)
final class ProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path root;

    private Process start(Cli cli, FakeMessagesApi api, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        "dev.bowline.cli.Main"));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(cli.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(cli.against(api.baseUrl()).environment());
        builder.redirectInput(new File("/dev/null"));
        return builder.start();
    }

    private static String classPath() {
        return System.getProperty("java.class.path", "")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
    }

    private static void signal(Process process, String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    private static String rest(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anInterruptEndsTheTurnWithAResultAnd130() throws Exception {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(noAnswer()))) {
            var process =
                    start(cli, api, "-p", "Wait", "--output-format", "stream-json", "--verbose");
            api.awaitRequests(1, SOON);
            signal(process, "INT");

            var last = Cli.object(rest(process).lines().toList().getLast());
            assertEquals(130, process.waitFor());
            assertEquals("result", last.get("type"));
            assertEquals("error_during_execution", last.get("subtype"));
            assertEquals("aborted_streaming", last.get("terminal_reason"));
        }
    }

    @Test
    void anInterruptedTurnCanBeResumed() throws Exception {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> a.reply(noAnswer(), text("Here again.")))) {
            var process = start(cli, api, "-p", "Wait");
            api.awaitRequests(1, SOON);
            signal(process, "INT");
            assertEquals(130, process.waitFor());

            var result = cli.run("-p", "Go on", "--continue");

            assertEquals("Here again.\n", result.out(), result.err());
            api.verify();
        }
    }

    @Test
    void aTerminationEndsChildrenKeepsTheTranscriptAndGivesNoResult() throws Exception {
        var cli = Cli.in(root);
        var ready = cli.directory().resolve("ready");
        assertEquals(0, new ProcessBuilder("mkfifo", ready.toString()).start().waitFor());
        var call = toolUse("Bash", Map.of("command", "echo $$ > ready; sleep 300"));
        try (var api = FakeMessagesApi.start(a -> a.reply(call))) {
            var process =
                    start(
                            cli,
                            api,
                            "-p",
                            "Sleep",
                            "--allowedTools",
                            "Bash",
                            "--output-format",
                            "stream-json",
                            "--verbose");
            long child = Long.parseLong(Files.readString(ready).strip());
            assertTrue(ProcessHandle.of(child).isPresent());
            signal(process, "TERM");

            var out = rest(process);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
            assertFalse(out.contains("\"type\":\"result\""), out);
            assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
            var list = cli.run("sessions", "list");
            assertTrue(list.out().contains("Sleep"), list.out() + list.err());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsTheRunQuietly() throws Exception {
        var cli = Cli.in(root);
        var gate = new Gate();
        try (var api =
                FakeMessagesApi.start(a -> a.reply(text("never seen").firstByteHeldBy(gate)))) {
            var process =
                    start(cli, api, "-p", "Talk", "--output-format", "stream-json", "--verbose");
            var out = process.getInputStream();
            assertEquals('{', out.read());
            api.awaitRequests(1, SOON);
            out.close();
            gate.open();

            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals("", errors(process));
            assertEquals(141, process.exitValue());
        }
    }

    @Test
    void theVersionIsItsOwnOrWhatHostProgramsAskFor() throws Exception {
        var cli = Cli.in(root);
        try (var api = FakeMessagesApi.start(a -> {})) {
            var own = start(cli, api, "--version");
            var asked = start(cli, api, "-v");

            assertTrue(rest(own).matches("\\d+\\.\\d+\\.\\d+ \\(Bowline\\)\n"));
            assertEquals(0, own.waitFor());
            assertEquals(
                    Frames.PROTOCOL_VERSION + " (Bowline " + Bowline.VERSION + ")\n", rest(asked));
            assertEquals(0, asked.waitFor());
        }
    }
}
