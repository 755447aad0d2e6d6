package dev.bowline.cli.wiring;

import dev.bowline.cli.console.Console;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;

/// Where sessions are kept.
public final class Stores {
    private Stores() {}

    /// The store in the user's configuration folder, or one that forgets.
    public static SessionStore of(boolean persistent, Console console) {
        if (!persistent) {
            return new MemoryStore();
        }
        var home = Path.of(console.variable("HOME", System.getProperty("user.home", "/")));
        return new JsonlStore(
                console.directory()
                        .resolve(JsonlStore.configDirectory(console.environment(), home)));
    }
}
