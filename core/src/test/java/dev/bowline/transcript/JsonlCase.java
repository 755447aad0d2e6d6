package dev.bowline.transcript;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/// A file store in a folder of its own, and one session in it.
abstract class JsonlCase {
    static final SessionId ID = new SessionId("s");

    @TempDir Path scratch;

    JsonlStore store() {
        return new JsonlStore(scratch.resolve("config"), Durability.PROCESS);
    }

    static List<Entry> tags(long... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(n ->
                        new Entry(
                                n,
                                new UUID(7, n),
                                java.time.Instant.ofEpochSecond(n),
                                new Event.Tagged("t" + n)))
                .toList();
    }

    Path written(List<Entry> entries) {
        try (var store = store();
                var log = store.create(ID, scratch)) {
            log.append(entries);
            return store.file(ID);
        }
    }
}
