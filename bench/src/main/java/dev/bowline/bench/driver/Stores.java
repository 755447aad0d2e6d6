package dev.bowline.bench.driver;

import dev.bowline.transcript.Durability;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a mode keeps its sessions: in memory, or with `store=disk` in a temporary folder that is
/// removed at the end.
record Stores(SessionStore store, @Nullable Path folder) implements AutoCloseable {
    static Stores of(Arguments arguments) throws IOException {
        return switch (arguments.text("store", "memory")) {
            case "memory" -> new Stores(new MemoryStore(), null);
            case "disk" -> {
                var folder = Files.createTempDirectory("bowline-bench-");
                yield new Stores(onDisk(folder, arguments), folder);
            }
            default ->
                    throw new IllegalArgumentException(
                            "unknown store="
                                    + arguments.text("store", "")
                                    + "; use memory or disk");
        };
    }

    static SessionStore onDisk(Path folder, Arguments arguments) {
        var durability = arguments.text("durability", "periodic").toUpperCase(Locale.ROOT);
        return new JsonlStore(folder, Durability.valueOf(durability));
    }

    @Override
    public void close() throws IOException {
        store.close();
        if (folder != null) {
            remove(folder);
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
