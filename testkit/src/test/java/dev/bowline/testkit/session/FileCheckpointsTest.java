package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.testkit.ScriptedModel.Line;
import dev.bowline.tool.Access;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.files.FilesRewound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileCheckpointsTest {
    @TempDir Path scratch;
    private Path work;
    private JsonlStore store;
    private final SessionId id = SessionId.random();

    @ToolInput(name = "write", description = "Writes.", effect = Effect.WRITE)
    record Write(@Describe("file") String file, @Describe("text") String text) {}

    private Tool tool() {
        return Tool.of(
                Write.class,
                (input, context) -> {
                    Files.createDirectories(work.resolve(input.file()).resolveSibling(""));
                    Files.writeString(work.resolve(input.file()), input.text());
                    return ToolResult.text("ok");
                },
                input -> List.of(new Access.Writes(work.resolve(input.file()))));
    }

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectory(scratch.toRealPath().resolve("work"));
        store = new JsonlStore(scratch.resolve("config"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Agent agent(boolean checkpoints, Line... lines) {
        return Agent.of(
                ScriptedModel.saying(lines),
                a ->
                        a.tools(tool())
                                .allow("write")
                                .store(store)
                                .directory(work)
                                .fileCheckpoints(checkpoints));
    }

    private static Line write(String file, String text) {
        return call("write", "{\"file\":\"" + file + "\",\"text\":\"" + text + "\"}");
    }

    private UUID say(Session session) throws InterruptedException {
        var prompt = Prompt.of("go");
        session.prompt(prompt).text();
        return prompt.id();
    }

    private String content(String file) throws IOException {
        return Files.readString(work.resolve(file));
    }

    /// Three turns: an old file is changed and a new one made; both again; nothing.
    private List<UUID> threeTurns() throws Exception {
        var old = work.resolve("old");
        Files.writeString(old, "l1\nl2\nl3\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-x---"));
        var said = new ArrayList<UUID>();
        try (var agent =
                        agent(
                                true,
                                write("old", "l1\\nCHANGED\\nl3\\n"),
                                write("new", "n1\\nn2\\n"),
                                write("new", "again"),
                                text("ok"),
                                write("old", "l1\\nCHANGED\\nl3\\nl4\\n"),
                                write("sub/x", "x"),
                                text("ok"),
                                text("ok"));
                var session = agent.open(id)) {
            for (int i = 0; i < 3; i++) {
                said.add(say(session));
            }
        }
        return said;
    }

    @Test
    void bringsFilesBackToWhatTheyWereWhenAPromptWasSaidAlsoAfterAResume() throws Exception {
        var said = threeTurns();
        try (var agent = agent(true);
                var session = agent.resume(id)) {
            var messages = session.state().messages();
            var dry = session.rewindFiles(said.get(1), true);
            assertEquals(new FilesRewound(true, null, paths("old", "sub/x"), 0, 2, 0), dry);
            assertEquals("x", content("sub/x"));
            assertEquals(dry, session.rewindFiles(said.get(1), false));
            assertEquals("l1\nCHANGED\nl3\n", content("old"));
            assertEquals("again", content("new"));
            assertFalse(Files.exists(work.resolve("sub/x")));
            session.rewindFiles(said.get(0), false);
            assertEquals("l1\nl2\nl3\n", content("old"));
            assertFalse(Files.exists(work.resolve("new")));
            assertEquals(
                    "rwxr-x---",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(work.resolve("old"))));
            assertEquals(messages, session.state().messages());
        }
    }

    private List<String> paths(String... names) {
        return List.of(names).stream().map(name -> work.resolve(name).toString()).toList();
    }

    @Test
    void aPromptAfterWhichNothingChangedIsKnownAndOthersAreNot() throws Exception {
        var said = threeTurns();
        try (var agent = agent(true);
                var session = agent.resume(id)) {
            assertEquals(
                    new FilesRewound(true, null, List.of(), 0, 0, 0),
                    session.rewindFiles(said.get(2), false));
            var unknown = session.rewindFiles(UUID.randomUUID(), false);
            assertFalse(unknown.canRewind());
            assertEquals("No file checkpoint found for this message.", unknown.error());
            var entry = session.entries().get(1).id();
            assertTrue(session.rewindFiles(entry, true).canRewind(), "the entry's id works too");
        }
        try (var agent = agent(false);
                var session = agent.resume(id)) {
            assertEquals(
                    "File rewinding is not enabled.",
                    session.rewindFiles(said.get(0), true).error());
        }
    }

    @Test
    void promptsThatWereSaidWithoutKeepingFilesAreNotOffered() throws Exception {
        UUID before;
        try (var agent = agent(false, write("a", "1"), text("ok"));
                var session = agent.open(id)) {
            before = say(session);
        }
        try (var agent = agent(true, write("a", "2"), text("ok"));
                var session = agent.resume(id)) {
            var after = say(session);
            assertFalse(session.rewindFiles(before, false).canRewind());
            assertTrue(session.rewindFiles(after, false).canRewind());
            assertEquals("1", content("a"));
        }
    }

    @Test
    void neverFollowsALinkThatWasPutInTheWay() throws Exception {
        var said = threeTurns();
        var outside = Files.writeString(scratch.resolve("outside"), "mine");
        Files.delete(work.resolve("old"));
        Files.createSymbolicLink(work.resolve("old"), outside);
        Files.delete(work.resolve("sub/x"));
        Files.delete(work.resolve("sub"));
        var elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x"), "mine");
        Files.createSymbolicLink(work.resolve("sub"), elsewhere);
        Files.createLink(work.resolve("other name"), work.resolve("new"));
        try (var agent = agent(true);
                var session = agent.resume(id)) {
            assertEquals(3, session.rewindFiles(said.get(0), false).skippedLinks());
        }
        assertEquals("mine", Files.readString(outside));
        assertEquals("mine", Files.readString(elsewhere.resolve("x")));
        assertEquals("again", content("new"));
    }

    @Test
    void aCopyThatIsGoneOrTooLargeIsSaidAndTheOthersComeBack() throws Exception {
        var large = work.resolve("large");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((50L << 20) + 1);
        }
        try (var agent =
                        agent(
                                true,
                                write("large", "small"),
                                text("ok"),
                                write("b", "1"),
                                text("ok"));
                var session = agent.open(id)) {
            var first = say(session);
            var alone = session.rewindFiles(first, false);
            assertFalse(alone.canRewind());
            assertTrue(alone.error().contains("larger than 50 MiB"), alone.error());
            say(session);
            assertTrue(session.rewindFiles(first, false).canRewind());
            assertFalse(Files.exists(work.resolve("b")));
        }
    }

    @Test
    void copiesAreTheOwnersAndOnlyOfTheNewestPrompts() throws Exception {
        Files.writeString(work.resolve("a"), "start");
        var lines = new ArrayList<Line>();
        for (int i = 0; i < 102; i++) {
            lines.add(write("a", "v" + i));
            lines.add(text("ok"));
        }
        var said = new ArrayList<UUID>();
        Path copies;
        try (var agent = agent(true, lines.toArray(Line[]::new));
                var session = agent.open(id)) {
            for (int i = 0; i < 102; i++) {
                said.add(say(session));
            }
            copies = store.file(id).resolveSibling(id.value()).resolve("tool-results/file-history");
            try (var all = Files.list(copies)) {
                var files = all.toList();
                assertEquals(100, files.size());
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(files.getFirst())));
            }
            assertFalse(session.rewindFiles(said.get(1), false).canRewind());
            assertTrue(session.rewindFiles(said.get(2), false).canRewind());
            assertEquals("v1", content("a"));
        }
    }

    @Test
    void aForkHasItsOwnCopies() throws Exception {
        var said = threeTurns();
        var fork = SessionId.random();
        try (var agent = agent(true);
                var session = agent.fork(id, Long.MAX_VALUE, fork)) {
            store.delete(id);
            assertTrue(session.rewindFiles(said.get(0), false).canRewind());
            assertEquals("l1\nl2\nl3\n", content("old"));
        }
    }
}
