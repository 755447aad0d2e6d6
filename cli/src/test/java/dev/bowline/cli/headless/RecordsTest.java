package dev.bowline.cli.headless;

import static dev.bowline.testkit.api.FakeReply.text;
import static dev.bowline.testkit.api.FakeReply.toolUse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.json.Json;
import dev.bowline.testkit.FakeMessagesApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a host can do with sessions: cut them, mirror them, bring files back.
class RecordsTest {
    private static final String FIRST = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String SECOND = "aaaaaaaa-0000-4000-8000-000000000002";

    @TempDir Path root;

    private HostProgram host(FakeMessagesApi api, String... flags) {
        return HostProgram.in(root, api.baseUrl()).flags(flags);
    }

    /// Two turns, of prompts with known uuids; the session's id.
    private String twoTurns(FakeMessagesApi api) {
        try (var host = host(api).start()) {
            host.say("one", Map.of("uuid", FIRST)).result(1);
            host.say("two", Map.of("uuid", SECOND));
            return String.valueOf(host.result(2).get("session_id"));
        }
    }

    private static FakeMessagesApi api() {
        return FakeMessagesApi.start(
                a -> a.reply(text("first")).reply(text("answer 2")).reply(text("third")));
    }

    @Test
    void goesOnAtAMessageWithoutTheTurnThatIsDropped() {
        try (var api = api()) {
            var id = twoTurns(api);
            try (var host =
                    host(api, "--resume=" + id, "--fork-session", "--resume-drops-turn=" + SECOND)
                            .start()) {
                assertEquals("third", host.say("three").result().get("result"));
            }
            var asked = api.lastRequest().text();
            assertTrue(asked.contains("one") && asked.contains("three"), asked);
            assertFalse(asked.contains("answer 2"), asked);
        }
    }

    @Test
    void refusesToDropMoreThanTheTurnWithAResult() {
        try (var api = api()) {
            var id = twoTurns(api);
            try (var host =
                    host(
                                    api,
                                    "--resume=" + id,
                                    "--resume-session-at=" + FIRST,
                                    "--resume-drops-turn=" + SECOND)
                            .start()) {
                var errors = String.valueOf(host.result().get("errors"));
                assertTrue(errors.startsWith("[Resume rejected by --resume-drops-turn:"), errors);
                assertEquals("error_during_execution", host.result().get("subtype"));
                assertEquals(1, host.exitCode());
            }
        }
    }

    @Test
    void namesAMessageOrSessionThatIsNotThereInItsResult() {
        try (var api = api()) {
            var id = twoTurns(api);
            var nobody = UUID.randomUUID().toString();
            try (var host = host(api, "--resume=" + id, "--resume-session-at=" + nobody).start()) {
                assertEquals(
                        List.of("No message found with message.uuid of: " + nobody),
                        host.result().get("errors"));
            }
            try (var host = host(api, "--resume=" + nobody).start()) {
                assertEquals(nobody, host.result().get("session_id"));
                assertTrue(
                        host.result().get("errors").toString().contains("No conversation found"));
            }
            try (var host = host(api, "--session-id=" + id).start()) {
                assertEquals(1, host.exitCode());
                assertTrue(host.errors().contains("already in use"), host.errors());
            }
        }
    }

    @Test
    void mirrorsEveryLineBeforeTheResultThatFollowsIt() throws Exception {
        try (var api = api();
                var host = host(api, "--session-mirror").start()) {
            host.say("hi " + "x".repeat(5_000)).result();
            var lines = new ArrayList<Object>();
            Path file = null;
            for (var frame : host.frames()) {
                if (frame.get("type").equals("result")) {
                    break;
                }
                if (frame.get("type").equals("transcript_mirror")) {
                    file = Path.of(String.valueOf(frame.get("filePath")));
                    lines.addAll((List<?>) frame.get("entries"));
                }
            }
            var stored = new ArrayList<Object>();
            for (var line : Files.readAllLines(file)) {
                stored.add(Json.parse(line).asMap());
            }
            assertEquals(stored, lines);
        }
    }

    @Test
    void saysMessagesAgainWithTheirUuidWhichIsAlsoTheLines() throws Exception {
        try (var api = api();
                var host = host(api, "--replay-user-messages", "--session-mirror").start()) {
            host.say("one", Map.of("uuid", FIRST)).result();
            var replay = host.await(frame -> Boolean.TRUE.equals(frame.get("isReplay")));
            assertEquals(FIRST, replay.get("uuid"));
            assertEquals(Map.of("role", "user", "content", "one"), replay.get("message"));
            var file =
                    Path.of(
                            String.valueOf(
                                    host.await(f -> f.containsKey("filePath")).get("filePath")));
            assertTrue(Files.readString(file).contains("\"uuid\":\"" + FIRST + "\""));
        }
    }

    @Test
    void bringsFilesBackForTheHost() throws Exception {
        var file = root.resolve("work/a.txt");
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                                toolUse(
                                                        "Write",
                                                        Map.of(
                                                                "file_path",
                                                                "a.txt",
                                                                "content",
                                                                "new\n")))
                                        .reply(text("done")));
                var host =
                        host(api, "--permission-mode", "acceptEdits")
                                .with("CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING", "true")
                                .start()) {
            host.say("go", Map.of("uuid", FIRST)).result();
            assertEquals("new\n", Files.readString(file));
            var dry =
                    host.request("rewind_files", Map.of("user_message_id", FIRST, "dry_run", true));
            var real = file.toRealPath().toString();
            assertEquals(
                    Map.of(
                            "canRewind",
                            true,
                            "filesChanged",
                            List.of(real),
                            "insertions",
                            0L,
                            "deletions",
                            1L),
                    dry.get("response"));
            var done = host.request("rewind_files", Map.of("user_message_id", FIRST));
            assertEquals(Map.of("canRewind", true, "skippedLinks", 0L), done.get("response"));
            assertFalse(Files.exists(file));
            var unknown = host.request("rewind_files", Map.of("user_message_id", SECOND));
            assertEquals("No file checkpoint found for this message.", unknown.get("error"));
        }
    }

    @Test
    void showsFilesThatTheSessionMayRead() throws Exception {
        try (var api = api();
                var host = host(api).start()) {
            Files.writeString(root.resolve("work/a.txt"), "hello\n");
            Files.writeString(root.resolve("outside"), "no");
            var part = host.request("read_file", Map.of("path", "a.txt", "max_bytes", 3));
            assertEquals(
                    Map.of(
                            "contents",
                            "hel",
                            "absPath",
                            host.directory().resolve("a.txt").toString(),
                            "requested_path",
                            "a.txt",
                            "truncated",
                            true,
                            "lossy",
                            false),
                    part.get("response"));
            var raw = host.request("read_file", Map.of("path", "a.txt", "encoding", "base64"));
            assertEquals("aGVsbG8K", ((Map<?, ?>) raw.get("response")).get("contents"));
            var outside = root.resolve("outside").toString();
            assertEquals(
                    "read denied: " + outside,
                    host.request("read_file", Map.of("path", outside)).get("error"));
        }
    }

    @Test
    void aFileThatTheHostHasReadCanBeEdited() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                                toolUse(
                                                        "Edit",
                                                        Map.of(
                                                                "file_path",
                                                                "a.txt",
                                                                "old_string",
                                                                "l",
                                                                "new_string",
                                                                "L",
                                                                "replace_all",
                                                                true)))
                                        .reply(text("done")));
                var host = host(api, "--permission-mode", "acceptEdits").start()) {
            var file = Files.writeString(root.resolve("work/a.txt"), "hello\n");
            host.request(
                    "seed_read_state",
                    Map.of("path", "a.txt", "mtime", Files.getLastModifiedTime(file).toMillis()));
            host.say("go").result();
            assertEquals("heLLo\n", Files.readString(file));
        }
    }
}
