package dev.bowline.cli;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @TempDir private Path root;
    private Cli cli;

    @BeforeEach
    void oneSession() {
        cli = Cli.in(root);
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(
                                toolUse("Bash", Map.of("command", "rm x")),
                                text("First answer.")))) {
            cli.against(api.baseUrl());
            assertEquals(0, cli.run("-p", "First question", "--session-id", ID).code());
        }
    }

    private Cli.Result ask(String answer, String... args) {
        try (var api = FakeMessagesApi.start(a -> a.reply(text(answer)))) {
            var result = cli.against(api.baseUrl()).run(args);
            api.verify();
            return result;
        }
    }

    @Test
    void aSessionGoesOnByIdBeginningTitleOrAsTheNewest() {
        assertEquals(0, cli.run("sessions", "rename", ID, "Big", "rewrite").code());
        for (var how :
                List.of(
                        List.of("--resume", ID),
                        List.of("-r", "1111"),
                        List.of("--resume=big rewrite"),
                        List.of("-c"))) {
            var args = new java.util.ArrayList<>(List.of("-p", "More", "--output-format", "json"));
            args.addAll(how);
            var result = ask("Again.", args.toArray(String[]::new));

            assertEquals(0, result.code(), how + result.err());
            assertEquals(ID, result.lastFrame().get("session_id"));
        }
        assertEquals(1, cli.run("sessions", "list").out().lines().count());
    }

    @Test
    void aResumedSessionRemembersWhatWasSaid() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("You asked that.")))) {
            cli.against(api.baseUrl()).run("-p", "What did I ask?", "--continue");

            assertTrue(
                    api.lastRequest().text().contains("First question"), api.lastRequest().text());
            assertTrue(api.lastRequest().text().contains("First answer."));
        }
    }

    @Test
    void aForkLeavesTheOldSessionAlone() {
        var before = cli.run("sessions", "show", ID, "--json").out();
        var result =
                ask(
                        "Another way.",
                        "-p",
                        "Else?",
                        "--resume",
                        ID,
                        "--fork-session",
                        "--output-format",
                        "json");

        assertNotEquals(ID, result.lastFrame().get("session_id"));
        assertEquals(before, cli.run("sessions", "show", ID, "--json").out());
        assertEquals(2, cli.run("sessions", "list").out().lines().count());
    }

    @Test
    void continuingWithoutASessionBeginsOne() {
        cli.run("sessions", "delete", ID, "--yes");

        assertEquals("Fresh.\n", ask("Fresh.", "-p", "Hello", "--continue").out());
    }

    @Test
    void withoutPersistenceNothingIsKept() {
        ask("Gone.", "-p", "Secret", "--no-session-persistence");

        assertEquals(1, cli.run("sessions", "list", "--all").out().lines().count());
    }

    @Test
    void theListIsForPeopleOrPrograms() {
        var json = cli.run("sessions", "list", "--json").out();

        assertTrue(
                json.startsWith("[{\"session_id\":\"" + ID + "\",\"title\":\"First question\""),
                json);
        assertTrue(cli.run("sessions", "list").out().contains("First question"));
        assertEquals(1, cli.run("sessions", "list", "--limit", "-1").code());
    }

    @Test
    void aStoryShowsCallsRefusalsAndCost() {
        var story = cli.run("sessions", "show", "1111").out();

        for (var part :
                List.of(
                        "First question",
                        "● Bash  rm x",
                        "refused",
                        "permission_denied",
                        "First answer.",
                        "completed",
                        "$0.")) {
            assertTrue(story.contains(part), part + " is missing in\n" + story);
        }
    }

    @Test
    void anExportComesBackAsTheSameSession() {
        assertEquals(0, cli.run("sessions", "export", ID, "out.jsonl").code());
        var exported = cli.run("sessions", "export", ID).out();
        assertEquals(exported, cli.file("out.jsonl"));

        var imported = cli.run("sessions", "import", "out.jsonl");
        assertEquals(0, imported.code(), imported.err());
        var id = imported.out().strip();

        assertNotEquals(ID, id);
        assertEquals(exported, cli.run("sessions", "export", id).out());
        assertEquals("On.\n", ask("On.", "-p", "Go on", "--resume", id).out());
    }

    @Test
    void anImportThatIsNoneNamesTheLine() {
        cli.write("bad.jsonl", cli.run("sessions", "export", ID).out() + "nonsense\n");
        var result = cli.run("sessions", "import", "bad.jsonl");

        assertEquals(1, result.code());
        assertTrue(
                result.err()
                        .matches("bowline: bad.jsonl line \\d+ is not an entry of a session.*\n"),
                result.err());
        assertTrue(
                cli.run("sessions", "import", "nowhere").err().contains("there is no such file"));
    }

    @Test
    void aForkCanBeMadeAtAnEntry() {
        var made = cli.run("sessions", "fork", ID, "--at", "2");

        assertEquals(2, cli.run("sessions", "export", made.out().strip()).out().lines().count());
        assertTrue(
                cli.run("sessions", "fork", ID, "--at", "999")
                        .err()
                        .contains("behind the session's last entry"));
    }

    @Test
    void deletingNeedsAYes() {
        assertEquals(1, cli.run("sessions", "delete", ID).code());
        assertEquals(0, cli.run("sessions", "delete", "1111", "--yes").code());
        assertEquals("", cli.run("sessions", "list").out());
        assertTrue(cli.run("sessions", "show", ID).err().contains("[session_not_found]"));
    }

    @Test
    void anAmbiguousBeginningNamesBoth() {
        ask("x", "-p", "two", "--session-id", "11111111-9999-4333-8444-555555555555");

        assertTrue(cli.run("sessions", "show", "1111").err().contains("fits 2 sessions"));
    }

    @Test
    void aSessionThatTheOfflineModelAnsweredGoesOnWithARealOne() {
        var other = Cli.in(root.resolve("other"));
        assertEquals(0, other.run("-p", "hello").code());
        try (var api = FakeMessagesApi.start(a -> a.reply(text("Hello again.")))) {
            assertEquals(0, other.against(api.baseUrl()).run("-p", "more", "-c").code());
            assertTrue(
                    api.lastRequest().text().contains("claude-sonnet-5"), api.lastRequest().text());
        }
    }

    @Test
    void showTellsOfLinesThatCannotBeRead() throws Exception {
        try (var files = java.nio.file.Files.walk(root)) {
            var file =
                    files.filter(path -> path.toString().endsWith(ID + ".jsonl"))
                            .findFirst()
                            .orElseThrow();
            java.nio.file.Files.writeString(
                    file, "garbage\n", java.nio.file.StandardOpenOption.APPEND);
        }
        var shown = cli.run("sessions", "show", ID);
        assertEquals(0, shown.code());
        assertTrue(shown.err().contains("not readable"), shown.err());
        assertTrue(shown.out().contains("First answer."), shown.out());
    }
}
