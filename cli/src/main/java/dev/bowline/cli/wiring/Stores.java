package dev.bowline.cli.wiring;

import dev.bowline.cli.console.Console;
import dev.bowline.transcript.Durability;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where sessions are kept.
public final class Stores {
    private Stores() {}

    /// The store in the user's configuration folder, or one that forgets.
    public static SessionStore of(boolean persistent, Console console) {
        return of(persistent, console, null);
    }

    /// The same, with somebody who sees every line that is written; there are none in a store that
    /// forgets.
    public static SessionStore of(
            boolean persistent, Console console, JsonlStore.@Nullable Mirror mirror) {
        if (!persistent) {
            return new MemoryStore();
        }
        var home = Path.of(console.variable("HOME", System.getProperty("user.home", "/")));
        var folder =
                console.directory()
                        .resolve(JsonlStore.configDirectory(console.environment(), home));
        return mirror == null
                ? new JsonlStore(folder)
                : new JsonlStore(folder, Durability.PERIODIC, mirror);
    }
}
