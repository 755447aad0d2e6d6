package dev.bowline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryStoreTest extends SessionStoreContract {
    private static final SessionId SESSION = new SessionId("kept");

    @TempDir Path directory;

    @Override
    protected SessionStore store(Path scratch) {
        return new MemoryStore();
    }

    @Test
    void whoOnlyAsksWhereResultsGoMakesNoFolder() {
        try (var store = new MemoryStore();
                var log = store.create(SESSION, directory)) {
            assertFalse(Files.exists(log.resultsDirectory()));
        }
    }

    @Test
    void aSessionThatKeptNothingTakesItsFolderWithIt() throws Exception {
        try (var store = new MemoryStore()) {
            var log = store.create(SESSION, directory);
            var folder = Files.createDirectory(log.resultsDirectory());
            log.close();
            assertFalse(Files.exists(folder));
        }
    }

    @Test
    void whatASessionKeptStaysUntilTheStoreIsClosed() throws Exception {
        var store = new MemoryStore();
        var log = store.create(SESSION, directory);
        var file = kept(log);
        log.close();
        try (var again = store.open(SESSION)) {
            assertEquals(file.getParent(), again.resultsDirectory());
            assertTrue(Files.exists(file));
        }
        store.close();
        assertFalse(Files.exists(file.getParent()));
    }

    @Test
    void aDeletedSessionTakesWhatItKeptWithIt() throws Exception {
        try (var store = new MemoryStore()) {
            var log = store.create(SESSION, directory);
            var folder = kept(log).getParent();
            store.delete(SESSION);
            assertFalse(Files.exists(folder));
            kept(log);
            log.close();
            assertFalse(Files.exists(folder));
        }
    }

    @Test
    void aSessionThatOutlivesItsStoreLeavesNothing() throws Exception {
        var store = new MemoryStore();
        var log = store.create(SESSION, directory);
        store.close();
        var folder = kept(log).getParent();
        log.close();
        assertFalse(Files.exists(folder));
    }

    private static Path kept(SessionStore.Log log) throws Exception {
        var folder = Files.createDirectories(log.resultsDirectory());
        return Files.writeString(folder.resolve("full.txt"), "all of it");
    }
}
