package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.BowlineException;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What a store promises when several threads use it.
abstract class StoreThreadsContract extends StoreUnderTest {
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
