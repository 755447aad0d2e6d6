package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions of permission that another command answers.
@Timeout(90)
final class ApprovalsTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @TempDir private Path root;

    private static FakeMessagesApi touching() {
        return FakeMessagesApi.start(
                a -> a.reply(toolUse("Bash", Map.of("command", "touch made")), text("Done.")));
    }

    private Cli deferred(FakeMessagesApi api) {
        var cli = Cli.in(root).against(api.baseUrl());
        var run =
                cli.run(
                        "-p",
                        "go",
                        "--session-id",
                        ID,
                        "--approvals",
                        "defer",
                        "--output-format",
                        "json");
        assertEquals(0, run.code(), run.err());
        assertEquals("tool_deferred", run.lastFrame().get("stop_reason"));
        return cli;
    }

    private static List<Map<?, ?>> listed(Cli cli, String... more) {
        var args = new ArrayList<>(List.of("sessions", "approvals", "--json"));
        args.addAll(List.of(more));
        var all = new ArrayList<Map<?, ?>>();
        Json.parse(cli.run(args.toArray(String[]::new)).out())
                .asList()
                .forEach(one -> all.add((Map<?, ?>) one));
        return all;
    }

    private static String call(Cli cli) {
        return String.valueOf(listed(cli).getFirst().get("tool_use_id"));
    }

    private boolean made() {
        return Files.exists(Cli.in(root).directory().resolve("made"));
    }

    @Test
    void aDeferredCallIsListedAnsweredAndMadeWhenTheSessionGoesOn() {
        try (var api = touching()) {
            var cli = deferred(api);
            var open = listed(cli).getFirst();
            assertEquals(ID, open.get("session_id"));
            assertEquals("Bash", open.get("tool_name"));
            assertEquals(Map.of("command", "touch made"), open.get("input"));
            assertEquals("open", open.get("state"));
            assertTrue(cli.run("sessions", "approvals").out().contains("touch made"));
            var early = cli.run("-p", "--resume", ID);
            assertEquals(1, early.code());
            assertTrue(early.err().contains("bowline sessions answer " + ID), early.err());

            var call = call(cli);
            var given = cli.run("sessions", "answer", ID, call, "allow", "--by", "ann");
            assertEquals(0, given.code(), given.err());
            assertFalse(made());
            var twice = cli.run("sessions", "answer", ID, call, "deny", "--by", "bob");
            assertEquals(1, twice.code());
            assertTrue(twice.err().contains("already answered by ann at "), twice.err());

            var rest = cli.run("-p", "--resume", ID);
            assertEquals("Done.\n", rest.out(), rest.err());
            assertTrue(made());
            assertTrue(listed(cli).isEmpty());
            var past = listed(cli, "--all", ID).getFirst();
            assertEquals("allow", past.get("decision"));
            assertEquals("ann", past.get("by"));
            assertTrue(cli.run("sessions", "show", ID).out().contains("allowed by ann"));
            api.verify();
        }
    }

    @Test
    void aRefusalTellsTheModelWhy() {
        try (var api = touching()) {
            var cli = deferred(api);
            cli.run("sessions", "answer", ID, call(cli), "deny", "--message", "Not on a Friday.");
            var rest = cli.run("-p", "--resume", ID, "--output-format", "json");
            assertEquals("Done.", rest.lastFrame().get("result"), rest.err());
            assertEquals(1, ((List<?>) rest.lastFrame().get("permission_denials")).size());
            assertTrue(api.lastRequest().text().contains("Not on a Friday."));
            assertFalse(made());
            api.verify();
        }
    }

    @Test
    void whatCannotBeAnsweredIsSaid() {
        try (var api = touching()) {
            var cli = deferred(api);
            for (var wrong :
                    List.of(
                            List.of(ID),
                            List.of(ID, "toolu_none", "allow"),
                            List.of(ID, call(cli), "maybe"),
                            List.of(ID, call(cli), "deny", "--always"),
                            List.of(ID, call(cli), "allow", "--by", " "))) {
                var args = new ArrayList<>(List.of("sessions", "answer"));
                args.addAll(wrong);
                var run = cli.run(args.toArray(String[]::new));
                assertEquals(1, run.code(), wrong.toString());
                assertFalse(run.err().isBlank(), wrong.toString());
            }
            assertEquals("open", listed(cli).getFirst().get("state"));
        }
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path", "")
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", ""),
                "dev.bowline.cli.Main");
    }

    @Test
    void aProcessThatWaitsTakesTheAnswerOfAnother() throws Exception {
        try (var api = touching()) {
            var cli = Cli.in(root).against(api.baseUrl());
            var command = new ArrayList<>(java());
            command.addAll(List.of("-p", "go", "--session-id", ID, "--approval-timeout", "60"));
            var builder = new ProcessBuilder(command).directory(cli.directory().toFile());
            builder.environment().clear();
            builder.environment().putAll(cli.environment());
            var process = builder.redirectInput(new File("/dev/null")).start();
            try {
                while (process.isAlive() && listed(cli).isEmpty()) {
                    Thread.onSpinWait();
                }
                var given = cli.run("sessions", "answer", ID, call(cli), "allow", "--by", "ann");
                assertEquals(0, given.code(), given.err());
                assertTrue(given.err().contains("takes the answer"), given.err());
                assertEquals(
                        "Done.\n", new String(process.getInputStream().readAllBytes(), "UTF-8"));
                assertEquals(0, process.waitFor());
            } finally {
                process.destroyForcibly();
            }
            assertTrue(made());
            assertEquals("ann", listed(cli, "--all").getFirst().get("by"));
            api.verify();
        }
    }

    @Test
    void aQuestionThatNobodyAnswersInTimeIsRefusedOrLeft() {
        try (var api = touching()) {
            var cli = Cli.in(root).against(api.baseUrl());
            var run =
                    cli.run(
                            "-p",
                            "go",
                            "--session-id",
                            ID,
                            "--approval-timeout",
                            "1",
                            "--approvals",
                            "defer",
                            "--output-format",
                            "json");
            assertEquals("tool_deferred", run.lastFrame().get("stop_reason"));
            var refused = cli.run("-p", "--resume", ID, "--approval-timeout", "1");
            assertEquals("Done.\n", refused.out(), refused.err());
            assertEquals("timeout", listed(cli, "--all").getFirst().get("by"));
            assertFalse(made());
        }
    }
}
