package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.bowline.transcript.SessionSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [SessionStore] promises, as tests: extend it and hand in a store.
///
/// ```java
/// class MyStoreTest extends SessionStoreContract {
///     protected SessionStore store(Path scratch) {
///         return new MyStore(…);
///     }
/// }
/// ```
public abstract class SessionStoreContract {
    private static final SessionId ID = new SessionId("contract-1");
    private static final SessionId OTHER = new SessionId("contract-2");
    private static final SessionId UNKNOWN = new SessionId("nobody");

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

    private static List<ContentBlock> text(String text) {
        return List.of(new ContentBlock.Text(text));
    }

    private static Event reply(String id, ContentBlock... blocks) {
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

    private static Event end(int turn) {
        var none = Duration.ZERO;
        return new Event.TurnEnded(
                turn,
                new Outcome.Completed("done", StopReason.END_TURN),
                new Event.Figures(none, none, none, none, none, 1, 0));
    }

    private static List<Entry> one(long number) {
        return numbered(number, List.of(new Event.Tagged("t" + number)));
    }

    private void write(SessionId id, List<Entry> entries) {
        try (var log = store.create(id, scratch)) {
            log.append(entries);
        }
    }

    private static void fails(ErrorCode code, Runnable action) {
        var thrown = assertThrows(BowlineException.class, action::run);
        assertEquals(code, thrown.code(), thrown.getMessage());
    }

    @Test
    void whatWasAppendedIsReadAsItWas() throws Exception {
        var entries = conversation(2);
        write(ID, entries);
        assertEquals(entries, store.read(ID));
        store = again(store);
        assertEquals(entries, store.read(ID));
        try (var log = store.open(ID)) {
            assertEquals(entries, log.entries());
        }
    }

    @Test
    void appendsAreThereWhenTheyReturn() {
        try (var log = store.create(ID, scratch)) {
            for (int number = 1; number <= 20; number++) {
                log.append(one(number));
                assertEquals(number, store.read(ID).size());
            }
        }
    }

    @Test
    void aReopenedSessionGoesOnWhereItStopped() throws Exception {
        var entries = conversation(1);
        write(ID, entries.subList(0, 3));
        store = again(store);
        try (var log = store.open(ID)) {
            assertEquals(entries.subList(0, 3), log.entries());
            log.append(entries.subList(3, entries.size()));
        }
        store = again(store);
        assertEquals(entries, store.read(ID));
    }

    @Test
    void anEmptyAppendChangesNothing() {
        try (var log = store.create(ID, scratch)) {
            log.append(one(1));
            log.append(List.of());
            log.append(one(2));
        }
        assertEquals(2, store.read(ID).size());
    }

    @Test
    void aNumberThatDoesNotFollowIsRefusedAndNothingOfItStored() {
        try (var log = store.create(ID, scratch)) {
            log.append(one(1));
            fails(ErrorCode.STORE_CONFLICT, () -> log.append(one(1)));
            fails(ErrorCode.STORE_CONFLICT, () -> log.append(one(3)));
            log.append(one(2));
        }
        assertEquals(2, store.read(ID).size());
    }

    @Test
    void thereIsOneWriter() {
        try (var log = store.create(ID, scratch)) {
            log.append(one(1));
            fails(ErrorCode.STORE_IN_USE, () -> store.open(ID));
            log.append(one(2));
        }
        try (var log = store.open(ID)) {
            assertEquals(2, log.entries().size());
            fails(ErrorCode.STORE_IN_USE, () -> store.open(ID));
        }
    }

    @Test
    void aWriterMayBeClosedTwice() {
        var log = store.create(ID, scratch);
        log.append(one(1));
        log.close();
        try (var next = store.open(ID)) {
            log.close();
            fails(ErrorCode.STORE_IN_USE, () -> store.open(ID));
            next.append(one(2));
        }
    }

    @Test
    void anIdIsUsedOnce() {
        write(ID, one(1));
        fails(ErrorCode.SESSION_EXISTS, () -> store.create(ID, scratch));
        fails(ErrorCode.SESSION_EXISTS, () -> store.create(ID, scratch.resolve("elsewhere")));
        assertEquals(1, store.read(ID).size());
    }

    @Test
    void unknownSessionsAreNamed() {
        fails(ErrorCode.SESSION_NOT_FOUND, () -> store.read(UNKNOWN));
        fails(ErrorCode.SESSION_NOT_FOUND, () -> store.open(UNKNOWN));
        fails(ErrorCode.SESSION_NOT_FOUND, () -> store.delete(UNKNOWN));
        fails(ErrorCode.SESSION_NOT_FOUND, () -> store.fork(UNKNOWN, 1, OTHER));
        var thrown = assertThrows(BowlineException.class, () -> store.read(UNKNOWN));
        assertTrue(String.valueOf(thrown.getMessage()).contains("nobody"));
    }

    @Test
    void aForkHasTheSameEntriesUpToItsNumberAndThenItsOwn() throws Exception {
        var entries = conversation(2);
        write(ID, entries);
        for (int number = 1; number <= entries.size(); number++) {
            var id = new SessionId("fork-" + number);
            try (var fork = store.fork(ID, number, id)) {
                same(entries.subList(0, number), fork.entries());
                fork.append(one(number + 1));
            }
            store = again(store);
            var stored = store.read(id);
            same(entries.subList(0, number), stored.subList(0, number));
            assertEquals(number + 1, stored.size());
        }
        try (var fork = store.fork(ID, Long.MAX_VALUE, OTHER)) {
            same(entries, fork.entries());
        }
        assertEquals(entries, store.read(ID));
    }

    /// The ids of entries may differ: names of messages are unique.
    private static void same(List<Entry> expected, List<Entry> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).number(), actual.get(i).number());
            assertEquals(expected.get(i).at(), actual.get(i).at());
            var event = expected.get(i).event();
            assertEquals(
                    event instanceof Event.Opened o ? forked(o, expected.size()) : event,
                    actual.get(i).event());
        }
    }

    private static Event forked(Event.Opened o, int number) {
        return new Event.Opened(
                o.directory(), o.model(), o.mode(), o.version(), new Event.Origin(ID, number));
    }

    @Test
    void aForkCanBeMadeWhileTheParentIsWritten() {
        try (var log = store.create(ID, scratch)) {
            log.append(conversation(0));
            try (var fork = store.fork(ID, 2, OTHER)) {
                assertEquals(2, fork.entries().size());
            }
            log.append(one(conversation(0).size() + 1L));
        }
        assertEquals(2, store.read(OTHER).size());
    }

    @Test
    void aForkDoesNotTakeAnotherSessionsId() {
        write(ID, conversation(0));
        write(OTHER, one(1));
        fails(ErrorCode.SESSION_EXISTS, () -> store.fork(ID, 2, OTHER));
        assertEquals(1, store.read(OTHER).size());
    }

    @Test
    void listsNewestFirstWithWhatAListShows() throws Exception {
        write(ID, conversation(1));
        var later = new ArrayList<Event>();
        later.add(new Event.Opened("/work", "model", "default", "1", null));
        later.add(new Event.Prompted(UUID.randomUUID(), 1, text("never  answered\n"), "user"));
        var entries =
                numbered(1, later).stream()
                        .map(e -> new Entry(e.number(), e.id(), e.at().plusSeconds(60), e.event()))
                        .toList();
        write(OTHER, entries);
        store = again(store);
        var list = store.list(Optional.empty());
        assertEquals(List.of(OTHER, ID), list.stream().map(SessionSummary::id).toList());
        var newest = list.getFirst();
        assertEquals("never answered", newest.title());
        assertEquals("interrupted", newest.status());
        var oldest = list.getLast();
        assertEquals("prompt 2", oldest.title());
        assertEquals("completed", oldest.status());
        assertEquals("/work", oldest.directory());
        assertEquals(2, oldest.turns());
        assertTrue(oldest.created().isBefore(oldest.modified()));
    }

    @Test
    void aListShowsTitleTagAndWhetherSomebodyWrites() throws Exception {
        var number = conversation(0).size();
        try (var log = store.create(ID, scratch)) {
            log.append(conversation(0));
            log.append(
                    numbered(
                            number + 1L,
                            List.of(new Event.Renamed("My title"), new Event.Tagged("red"))));
            var open = store.list(Optional.empty()).getFirst();
            assertEquals("active", open.status());
            assertEquals("My title", open.title());
            assertEquals("red", open.tag());
        }
        store = again(store);
        assertEquals("completed", store.list(Optional.empty()).getFirst().status());
        assertEquals("My title", store.list(Optional.empty()).getFirst().title());
    }

    @Test
    void aListIsLimitedToADirectory() throws Exception {
        var here = Files.createDirectory(scratch.resolve("here"));
        var there = Files.createDirectory(scratch.resolve("there"));
        try (var one = store.create(ID, here);
                var two = store.create(OTHER, there)) {
            one.append(conversation(0));
            two.append(conversation(0));
        }
        assertEquals(
                List.of(ID),
                store.list(Optional.of(here)).stream().map(SessionSummary::id).toList());
        assertEquals(2, store.list(Optional.empty()).size());
        assertEquals(List.of(), store.list(Optional.of(scratch.resolve("nowhere"))));
    }

    @Test
    void aSessionWithoutEntriesIsNotListed() {
        try (var log = store.create(ID, scratch)) {
            assertEquals(List.of(), log.entries());
            assertEquals(List.of(), store.list(Optional.empty()));
        }
    }

    @Test
    void aDeletedSessionIsGoneWithWhatLiesBesideIt() throws Exception {
        Path results;
        try (var log = store.create(ID, scratch)) {
            log.append(conversation(0));
            results = Files.createDirectories(log.resultsDirectory());
            Files.writeString(results.resolve("r.txt"), "full");
        }
        write(OTHER, one(1));
        store.delete(ID);
        store = again(store);
        fails(ErrorCode.SESSION_NOT_FOUND, () -> store.read(ID));
        assertEquals(1, store.list(Optional.empty()).size());
        assertEquals(1, store.read(OTHER).size());
        write(ID, one(1));
        assertEquals(1, store.read(ID).size());
    }

    @Test
    void anInterruptedThreadStillAppends() {
        try (var log = store.create(ID, scratch)) {
            Thread.currentThread().interrupt();
            log.append(one(1));
            assertTrue(Thread.interrupted());
            log.append(one(2));
            Thread.currentThread().interrupt();
            log.append(one(3));
            assertTrue(Thread.interrupted());
        }
        assertEquals(3, store.read(ID).size());
        Thread.currentThread().interrupt();
        try (var log = store.open(ID)) {
            log.append(one(4));
            assertEquals(4, store.read(ID).size());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void manySessionsAreWrittenAtOnce() throws Exception {
        int sessions = 40;
        int appends = 25;
        var tasks = new ArrayList<Future<?>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int s = 0; s < sessions; s++) {
                var id = new SessionId("parallel-" + s);
                tasks.add(executor.submit(() -> appendAll(id, appends)));
            }
        }
        for (var task : tasks) {
            assertDoesNotThrow(() -> task.get());
        }
        store = again(store);
        assertEquals(sessions, store.list(Optional.empty()).size());
        for (int s = 0; s < sessions; s++) {
            assertEquals(appends, store.read(new SessionId("parallel-" + s)).size());
        }
    }

    private void appendAll(SessionId id, int appends) {
        try (var log = store.create(id, scratch)) {
            for (int n = 1; n <= appends; n++) {
                log.append(one(n));
            }
        }
    }

    @Test
    void aReaderSeesWholeAppendsWhileSomebodyWrites() throws Exception {
        try (var log = store.create(ID, scratch);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            log.append(one(1));
            var reading =
                    executor.submit(() -> {
                        int size = 0;
                        while (size < 401) {
                            var read = store.read(ID);
                            assertTrue(read.size() >= size);
                            assertEquals(1, read.size() % 4, "half an append was seen");
                            size = read.size();
                        }
                        return size;
                    });
            for (int n = 2; n <= 401; n += 4) {
                var four = new ArrayList<Entry>();
                for (int i = 0; i < 4; i++) {
                    four.addAll(one(n + (long) i));
                }
                log.append(four);
            }
            assertEquals(401, reading.get());
        }
    }

    @Test
    void ofManyWhoOpenAtOnceOneSucceeds() throws Exception {
        write(ID, one(1));
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        var winners = new ArrayList<SessionStore.Log>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                executor.execute(() -> {
                    try {
                        var log = store.open(ID);
                        synchronized (winners) {
                            winners.add(log);
                        }
                    } catch (BowlineException e) {
                        outcomes.merge(e.code().wire(), 1, Integer::sum);
                    }
                });
            }
        }
        assertEquals(1, winners.size());
        assertEquals(Map.of("store_in_use", 19), outcomes);
        winners.getFirst().close();
        assertFalse(store.read(ID).isEmpty());
    }
}
