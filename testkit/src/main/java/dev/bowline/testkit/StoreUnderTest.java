package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store that is made for each test, and small transcripts to put into it.
abstract class StoreUnderTest {
    static final SessionId ID = new SessionId("contract-1");
    static final SessionId OTHER = new SessionId("contract-2");
    static final SessionId UNKNOWN = new SessionId("nobody");

    /// A folder for the test; sessions work in it.
    @TempDir protected Path scratch;

    /// The store under test.
    protected SessionStore store;

    /// Makes an empty store; called before each test. Stores with files may use `scratch`.
    protected abstract SessionStore store(Path scratch) throws Exception;

    /// The same sessions in a new store, as after a restart of the process; the store itself where
    /// nothing outlives it.
    protected SessionStore again(SessionStore store) throws Exception {
        return store;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = store(scratch);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /// Entries of a small conversation: opened, one turn with a tool call, `turns` more without.
    protected static List<Entry> conversation(int turns) {
        var events = new ArrayList<Event>();
        events.add(new Event.Opened("/work", "model", "default", "1", null));
        events.add(new Event.Prompted(UUID.randomUUID(), 1, text("read it"), "user"));
        events.add(
                reply(
                        "msg_0",
                        new ContentBlock.Text("I look."),
                        new ContentBlock.ToolUse(
                                "toolu_1",
                                "Read",
                                dev.bowline.json.Json.parse("{\"path\":\"a\"}"))));
        events.add(
                new Event.ToolFinished(
                        "toolu_1", "Read", text("content"), null, null, Duration.ofNanos(5)));
        events.add(reply("msg_1", new ContentBlock.Text("It says content.")));
        events.add(end(1));
        for (int turn = 2; turn <= turns + 1; turn++) {
            events.add(new Event.Prompted(UUID.randomUUID(), turn, text("prompt " + turn), "user"));
            events.add(reply("msg_" + turn, new ContentBlock.Text("answer " + turn)));
            events.add(end(turn));
        }
        return numbered(1, events);
    }

    /// Entries for `events`, numbered from `first` on.
    protected static List<Entry> numbered(long first, List<Event> events) {
        var entries = new ArrayList<Entry>();
        var start = Instant.parse("2026-01-02T03:04:05.678Z");
        for (var event : events) {
            long number = first + entries.size();
            entries.add(new Entry(number, UUID.randomUUID(), start.plusMillis(number), event));
        }
        return entries;
    }

    static List<ContentBlock> text(String text) {
        return List.of(new ContentBlock.Text(text));
    }

    static Event reply(String id, ContentBlock... blocks) {
        return new Event.Replied(
                id,
                "model",
                List.of(blocks),
                StopReason.END_TURN,
                null,
                Usage.of(1, 2),
                3,
                null,
                Duration.ofNanos(4));
    }

    static Event end(int turn) {
        var none = Duration.ZERO;
        return new Event.TurnEnded(
                turn,
                new Outcome.Completed("done", StopReason.END_TURN),
                new Event.Figures(none, none, none, none, none, 1, 0));
    }

    static List<Entry> one(long number) {
        return numbered(number, List.of(new Event.Tagged("t" + number)));
    }

    void write(SessionId id, List<Entry> entries) {
        try (var log = store.create(id, scratch)) {
            log.append(entries);
        }
    }

    static void fails(ErrorCode code, Runnable action) {
        var thrown = assertThrows(BowlineException.class, action::run);
        assertEquals(code, thrown.code(), thrown.getMessage());
    }
}
