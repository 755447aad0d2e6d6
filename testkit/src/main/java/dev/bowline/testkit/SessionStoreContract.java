package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every [dev.bowline.transcript.SessionStore] promises, as tests: extend it and hand in a
/// store.
///
/// ```java
/// class MyStoreTest extends SessionStoreContract {
///     protected SessionStore store(Path scratch) {
///         return new MyStore(…);
///     }
/// }
/// ```
public abstract class SessionStoreContract extends StoreThreadsContract {
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
            List<Entry> handed;
            try (var fork = store.fork(ID, number, id)) {
                handed = fork.entries();
                same(entries.subList(0, number), handed);
                fork.append(one(number + 1));
            }
            store = again(store);
            var stored = store.read(id);
            assertEquals(handed, stored.subList(0, number));
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
}
