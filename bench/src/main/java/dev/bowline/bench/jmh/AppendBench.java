package dev.bowline.bench.jmh;

import dev.bowline.message.ContentBlock;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Durability;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One append to an open session, fold included.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBench {
    private static final Event PROMPT =
            new Event.Noted(
                    Event.NoteKind.REMINDER,
                    List.of(new ContentBlock.Text("a note of forty characters, more or less")));

    @Param({"memory", "process", "periodic", "always"})
    public String store = "memory";

    private @Nullable Path folder;
    private @Nullable SessionStore sessions;
    private @Nullable Transcript transcript;

    /// A new session for each iteration, so that none grows without bound.
    @Setup(Level.Iteration)
    public void open() throws IOException {
        var made = Files.createTempDirectory("bowline-bench-");
        SessionStore where =
                store.equals("memory")
                        ? new MemoryStore()
                        : new JsonlStore(made, Durability.valueOf(store.toUpperCase(Locale.ROOT)));
        var ids = new AtomicLong();
        var log = where.create(SessionId.random(), made);
        folder = made;
        sessions = where;
        transcript =
                new Transcript(log, TimeSource.system(), () -> new UUID(0, ids.addAndGet(256)));
    }

    @Benchmark
    public Object append() {
        return transcript.append(PROMPT);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        transcript.close();
        sessions.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
