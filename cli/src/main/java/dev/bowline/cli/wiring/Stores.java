package dev.bowline.cli.wiring;

import dev.bowline.cli.console.Console;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;

/// Where sessions are kept.
public final class Stores {
    private Stores() {}

    public static SessionStore of(boolean persistent, Console console) {
        return new MemoryStore();
    }

    /// The folder that other programs of the field look into as well: `CLAUDE_CONFIG_DIR`, else
    /// `.claude` in the home directory.
    public static Path configuration(Console console) {
        var named = console.variable("CLAUDE_CONFIG_DIR", "");
        return named.isEmpty()
                ? home(console).resolve(".claude")
                : console.directory().resolve(named);
    }

    static Path home(Console console) {
        return Path.of(console.variable("HOME", System.getProperty("user.home", "/")));
    }
}
