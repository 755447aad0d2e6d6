package dev.bowline.testkit;

import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;

class JsonlStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore store(Path scratch) {
        return new JsonlStore(scratch.resolve("config"));
    }

    @Override
    protected SessionStore again(SessionStore store) {
        store.close();
        return new JsonlStore(scratch.resolve("config"));
    }
}
