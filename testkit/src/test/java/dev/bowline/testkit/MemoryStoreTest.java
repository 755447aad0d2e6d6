package dev.bowline.testkit;

import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;

class MemoryStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore store(Path scratch) {
        return new MemoryStore();
    }
}
