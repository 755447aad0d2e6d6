package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.noAnswer;
import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals, a reader that goes away and a host that dies, at every phase, in a process of its own:
/// no child is left and the session can be gone on with.
@Timeout(90)
class HostSignalTest {
    private static final String HELLO = "{\"type\":\"user\",\"message\":{\"content\":\"hi\"}}\n";
    private static final FakeReply SLEEPS =
            toolUse("Bash", "{\"command\":\"echo $$ > ready; exec sleep 300\"}");
    private static final FakeReply TOUCHES = toolUse("Bash", "{\"command\":\"touch a\"}");

    @TempDir Path root;

    private Process start(FakeMessagesApi api, List<String> options, String... flags)
            throws IOException {
        var command = new ArrayList<String>(engineCommand());
        command.addAll(1, options);
        command.addAll(List.of(flags));
        var builder =
                new ProcessBuilder(command)
                        .directory(Files.createDirectories(root.resolve("work")).toFile());
        builder.environment().clear();
        builder.environment().put("HOME", root.resolve("home").toString());
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("ANTHROPIC_BASE_URL", api.baseUrl());
        builder.environment().put("ANTHROPIC_API_KEY", "sk-test");
        builder.redirectError(root.resolve("errors").toFile());
        return builder.start();
    }

    private static void write(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private static void signal(Process process, String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    private static void awaitLine(BufferedReader out, String part) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(part)) {
                return;
            }
        }
        throw new AssertionError("the output ended before " + part);
    }

    private static FakeReply[] replies(String phase) {
        return switch (phase) {
            case "service" -> new FakeReply[] {noAnswer(), text("Two.")};
            case "retry" -> new FakeReply[] {error(529).header("retry-after", "60"), text("Two.")};
            case "tool" -> new FakeReply[] {SLEEPS, text("Two.")};
            case "idle", "Stop" -> new FakeReply[] {text("One."), text("Two.")};
            case "UserPromptSubmit", "mcp" -> new FakeReply[] {text("Two.")};
            default -> new FakeReply[] {TOUCHES, text("Two.")};
        };
    }

    private static String greeting(String phase) {
        return switch (phase) {
            case "mcp" -> "\"sdkMcpServers\":[\"slow\"]";
            case "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop" ->
                    "\"hooks\":{\"" + phase + "\":[{\"hookCallbackIds\":[\"h\"]}]}";
            default -> "\"hooks\":null";
        };
    }

    private static String[] flags(String phase) {
        return phase.equals("permission")
                ? new String[] {"--permission-prompt-tool", "stdio"}
                : new String[] {"--allowedTools", "Bash"};
    }

    private void reach(String phase, FakeMessagesApi api, BufferedReader out) throws Exception {
        switch (phase) {
            case "service" -> api.awaitRequests(1, java.time.Duration.ofSeconds(20));
            case "retry" -> awaitLine(out, "api_retry");
            case "idle" -> awaitLine(out, "\"type\":\"result\"");
            case "mcp" -> awaitLine(out, "mcp_message");
            case "permission" -> awaitLine(out, "can_use_tool");
            case "tool" -> {}
            default -> awaitLine(out, "hook_callback");
        }
    }

    private Path pipe() throws Exception {
        Files.createDirectories(root.resolve("work"));
        var ready = root.resolve("work").resolve("ready");
        assertEquals(0, new ProcessBuilder("mkfifo", ready.toString()).start().waitFor());
        return ready;
    }

    private static void assertGone(long child) {
        var gone =
                ProcessHandle.of(child)
                        .map(ProcessHandle::onExit)
                        .orElseGet(() -> CompletableFuture.completedFuture(null));
        gone.orTimeout(5, TimeUnit.SECONDS).join();
    }

    private void assertGoesOn(FakeMessagesApi api, String phase) {
        try (var host = HostProgram.in(root, api.baseUrl()).flags("--continue").start()) {
            assertEquals("Two.", host.say("on").result().get("result"), phase);
        }
        api.verify();
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, service",
        "TERM, retry",
        "TERM, tool",
        "TERM, idle",
        "TERM, mcp",
        "TERM, permission",
        "TERM, UserPromptSubmit",
        "TERM, PreToolUse",
        "TERM, PostToolUse",
        "TERM, Stop",
        "INT, service",
        "INT, retry",
        "INT, tool",
        "INT, idle",
        "INT, mcp",
        "INT, permission",
        "INT, UserPromptSubmit",
        "INT, PreToolUse",
        "INT, PostToolUse",
        "INT, Stop"
    })
    void aSignalEndsTheProcessAndTheSessionCanBeGoneOnWith(String name, String phase)
            throws Exception {
        var ready = pipe();
        try (var api = FakeMessagesApi.start(a -> a.reply(replies(phase)))) {
            var process = start(api, List.of(), flags(phase));
            var out = process.inputReader();
            write(
                    process,
                    "{\"type\":\"control_request\",\"request_id\":\"a\",\"request\":{\"subtype\":\"initialize\","
                            + greeting(phase)
                            + "}}\n"
                            + HELLO);
            long child = phase.equals("tool") ? Long.parseLong(Files.readString(ready).strip()) : 0;
            reach(phase, api, out);
            signal(process, name);

            assertTrue(process.waitFor(20, TimeUnit.SECONDS), phase);
            assertEquals(name.equals("TERM") ? 143 : 130, process.exitValue());
            if (name.equals("TERM")) {
                assertTrue(out.lines().noneMatch(line -> line.contains("\"type\":\"result\"")));
            }
            assertGone(child);
            assertGoesOn(api, phase);
        }
    }

    @Test
    void aTerminationIsHeardWhenNobodyReadsTheOutput() throws Exception {
        var answer = "A long answer. ".repeat(40_000);
        try (var api = FakeMessagesApi.start(a -> a.reply(text(answer, 1_000)))) {
            var process = start(api, List.of(), "--include-partial-messages");
            write(process, HELLO);
            assertEquals('{', process.getInputStream().read());
            api.awaitRequests(1, java.time.Duration.ofSeconds(20));
            signal(process, "TERM");
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsTheEngineWith141AndItsCommand() throws Exception {
        var ready = pipe();
        try (var api = FakeMessagesApi.start(a -> a.reply(SLEEPS))) {
            var process = start(api, List.of(), "--allowedTools", "Bash");
            write(process, HELLO);
            long child = Long.parseLong(Files.readString(ready).strip());
            process.getInputStream().close();
            write(
                    process,
                    "{\"type\":\"control_request\",\"request_id\":\"a\",\"request\":{\"subtype\":\"mcp_status\"}}\n");
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(141, process.exitValue());
            assertGone(child);
        }
    }

    @Test
    void aHostThatIsKilledTakesTheEngineAndItsCommandsWithIt() throws Exception {
        var ready = pipe();
        try (var api = FakeMessagesApi.start(a -> a.reply(SLEEPS))) {
            var line = root.resolve("line");
            Files.writeString(line, HELLO);
            var command =
                    "(cat "
                            + line
                            + "; exec sleep 300) | \"$@\" > /dev/null 2>&1 & echo $! > "
                            + root.resolve("pid")
                            + "; wait";
            var arguments = new ArrayList<String>(List.of("sh", "-c", command, "sh"));
            arguments.addAll(engineCommand());
            arguments.addAll(List.of("--allowedTools", "Bash"));
            var builder = new ProcessBuilder(arguments).directory(root.resolve("work").toFile());
            builder.environment().put("HOME", root.resolve("home").toString());
            builder.environment().put("ANTHROPIC_BASE_URL", api.baseUrl());
            builder.environment().put("ANTHROPIC_API_KEY", "sk-test");
            var host = builder.start();
            long child = Long.parseLong(Files.readString(ready).strip());
            long pid = Long.parseLong(Files.readString(root.resolve("pid")).strip());
            var feeders =
                    host.descendants()
                            .filter(one -> one.pid() != pid && one.pid() != child)
                            .filter(one ->
                                    one.info().command().orElse("").endsWith("sleep")
                                            && one.parent().map(ProcessHandle::pid).orElse(0L)
                                                    == host.pid())
                            .toList();
            host.destroyForcibly();
            feeders.forEach(ProcessHandle::destroyForcibly);
            assertGone(pid);
            assertGone(child);
        }
    }

    private static List<String> engineCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path", "")
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", ""),
                "dev.bowline.cli.Main",
                "--output-format",
                "stream-json",
                "--verbose",
                "--input-format",
                "stream-json");
    }

    @Test
    void aLineThatMemoryCannotHoldIsRefusedAndTheEngineGoesOn() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Still here.")))) {
            var process = start(api, List.of("-Xmx256m"));
            write(process, "{\"type\":\"user\",\"message\":{\"content\":\"");
            var piece = "x".repeat(1 << 20);
            for (int i = 0; i < 64; i++) {
                write(process, piece);
            }
            write(process, "\"}}\n" + HELLO);
            process.getOutputStream().close();
            var last = process.inputReader().lines().toList().getLast();
            assertTrue(last.contains("Still here."), last);
            assertEquals(0, process.waitFor());
            assertFalse(Files.readString(root.resolve("errors")).contains("OutOfMemory"));
        }
    }

    @Test
    void anAnswerThatMemoryCannotHoldFailsTheCallOnly() throws Exception {
        var call = toolUse("mcp__s__give", "{}");
        try (var api = FakeMessagesApi.start(a -> a.reply(call, text("So be it.")))) {
            var process = start(api, List.of("-Xmx256m"), "--allowedTools", "mcp__s__give");
            var out = process.inputReader();
            write(
                    process,
                    "{\"type\":\"control_request\",\"request_id\":\"a\",\"request\":{\"subtype\":\"initialize\",\"sdkMcpServers\":[\"s\"]}}\n"
                            + HELLO);
            var last = "";
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
                if (line.contains("mcp_message")) {
                    answer(process, Json.parse(line).asMap());
                } else if (line.contains("\"type\":\"result\"")) {
                    process.getOutputStream().close();
                }
            }
            assertTrue(last.contains("So be it."), last);
            assertTrue(api.lastRequest().text().contains("too long for the memory"));
            assertEquals(0, process.waitFor());
        }
    }

    private static void answer(Process process, Map<String, ?> frame) throws IOException {
        var message = (Map<?, ?>) ((Map<?, ?>) frame.get("request")).get("message");
        var result =
                switch (String.valueOf(message.get("method"))) {
                    case "tools/list" ->
                            "{\"tools\":[{\"name\":\"give\",\"inputSchema\":{\"type\":\"object\"}}]}";
                    case "tools/call" ->
                            "{\"content\":[{\"type\":\"text\",\"text\":\""
                                    + "x".repeat(64 << 20)
                                    + "\"}]}";
                    default -> "{\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
                };
        write(
                process,
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"response\":{\"mcp_response\":{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":"
                        + result
                        + "}},\"request_id\":\""
                        + frame.get("request_id")
                        + "\"}}\n");
    }

    @Test
    void anOutputOf64MiBNeedsLittleMemory() throws Exception {
        var call = toolUse("Bash", "{\"command\":\"head -c 67108864 /dev/zero | tr '\\\\0' x\"}");
        try (var api = FakeMessagesApi.start(a -> a.reply(call, text("Done.")))) {
            var process = start(api, List.of("-Xmx96m"), "--allowedTools", "Bash");
            write(process, HELLO);
            process.getOutputStream().close();
            var last = process.inputReader().lines().toList().getLast();
            assertTrue(last.contains("Done."), last);
            assertEquals(0, process.waitFor());
        }
    }
}
