package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.disk.Folders;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Transcripts in memory, gone with the process. Full tool results of a session go to a temporary
/// folder, made by the first who writes there; [#close()] removes it, and so does the end of a
/// session that kept nothing.
public final class MemoryStore implements SessionStore {
    private final Map<SessionId, Stored> sessions = new ConcurrentHashMap<>();
    private final @Nullable Path results;

    public MemoryStore() {
        this.results = null;
    }

    /// Full tool results go to `results`, which is made when it is needed and kept.
    public MemoryStore(Path results) {
        this.results = results;
    }

    private static final class Stored {
        private final List<Entry> entries;
        private final Path directory;
        private final Path results =
                Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "bowline-results-" + UUID.randomUUID())
                        .toAbsolutePath();
        private boolean held = true;

        Stored(Path directory, List<Entry> entries) {
            this.directory = directory;
            this.entries = new ArrayList<>(entries);
        }

        synchronized List<Entry> copy() {
            return List.copyOf(entries);
        }

        void forgetResults() {
            try {
                Folders.remove(results);
            } catch (IOException e) {
                throw new BowlineException(
                        ErrorCode.STORE_UNWRITABLE,
                        "cannot remove the temporary folder " + results,
                        e);
            }
        }
    }

    @Override
    public Log create(SessionId id, Path directory) {
        return create(id, new Stored(directory, List.of()));
    }

    private Log create(SessionId id, Stored stored) {
        if (sessions.putIfAbsent(id, stored) != null) {
            throw new BowlineException(
                    ErrorCode.SESSION_EXISTS,
                    "there is already a session " + id + "; choose another id or resume it");
        }
        return new MemoryLog(id, stored);
    }

    @Override
    public Log open(SessionId id) {
        var stored = find(id);
        synchronized (stored) {
            if (stored.held) {
                throw new BowlineException(
                        ErrorCode.STORE_IN_USE,
                        "session " + id + " is already open; close it there first, or fork it");
            }
            stored.held = true;
        }
        return new MemoryLog(id, stored);
    }

    @Override
    public Log fork(SessionId parent, long number, SessionId id) {
        var from = find(parent);
        long last = Math.min(number, from.copy().size());
        var kept =
                from.copy().stream()
                        .filter(entry -> entry.number() <= last)
                        .map(entry -> forked(entry, parent, last))
                        .toList();
        var fork = new Stored(from.directory, kept);
        Folders.linkAll(
                from.results.resolve(SavedFile.FOLDER), fork.results.resolve(SavedFile.FOLDER));
        try {
            return create(id, fork);
        } catch (BowlineException taken) {
            fork.forgetResults();
            throw taken;
        }
    }

    private static Entry forked(Entry entry, SessionId parent, long number) {
        return entry.event() instanceof Event.Opened o
                ? new Entry(
                        entry.number(),
                        entry.id(),
                        entry.at(),
                        new Event.Opened(
                                o.directory(),
                                o.model(),
                                o.mode(),
                                o.version(),
                                new Event.Origin(parent, number)))
                : entry;
    }

    @Override
    public List<Entry> read(SessionId id) {
        return find(id).copy();
    }

    @Override
    public List<SessionSummary> list(Optional<Path> directory) {
        return sessions.entrySet().stream()
                .filter(e -> directory.isEmpty() || e.getValue().directory.equals(directory.get()))
                .flatMap(e -> summary(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(SessionSummary::modified).reversed())
                .toList();
    }

    private static Stream<SessionSummary> summary(SessionId id, Stored stored) {
        var entries = stored.copy();
        return entries.isEmpty()
                ? Stream.of()
                : Stream.of(Summaries.of(id, entries, stored.held, 0));
    }

    @Override
    public void delete(SessionId id) {
        var stored = find(id);
        sessions.remove(id);
        stored.forgetResults();
    }

    private Stored find(SessionId id) {
        var stored = sessions.get(id);
        if (stored == null) {
            throw new BowlineException(
                    ErrorCode.SESSION_NOT_FOUND,
                    "no session with the id " + id + "; list the sessions to see which there are");
        }
        return stored;
    }

    @Override
    public void close() {
        var all = List.copyOf(sessions.values());
        sessions.clear();
        all.forEach(Stored::forgetResults);
    }

    private final class MemoryLog implements Log {
        private final SessionId id;
        private final Stored stored;
        private boolean closed;

        MemoryLog(SessionId id, Stored stored) {
            this.id = id;
            this.stored = stored;
        }

        @Override
        public List<Entry> entries() {
            return stored.copy();
        }

        @Override
        public void append(List<Entry> entries) {
            synchronized (stored) {
                long expected = stored.entries.size() + 1L;
                if (!entries.isEmpty() && entries.getFirst().number() != expected) {
                    throw new BowlineException(
                            ErrorCode.STORE_CONFLICT,
                            "entry "
                                    + entries.getFirst().number()
                                    + " does not follow entry "
                                    + (expected - 1)
                                    + " of session "
                                    + id
                                    + "; open the session again");
                }
                stored.entries.addAll(entries);
            }
        }

        @Override
        public Path resultsDirectory() {
            return results == null ? stored.results : results;
        }

        @Override
        public void close() {
            synchronized (stored) {
                if (!closed) {
                    closed = true;
                    stored.held = false;
                    clear();
                }
            }
        }

        private void clear() {
            if (sessions.get(id) != stored) { // deleted, or the store is closed
                stored.forgetResults();
                return;
            }
            try {
                Files.deleteIfExists(stored.results);
            } catch (DirectoryNotEmptyException kept) {
                // it stays for those who open the session again
            } catch (IOException e) {
                throw new BowlineException(
                        ErrorCode.STORE_UNWRITABLE,
                        "cannot remove the temporary folder " + stored.results,
                        e);
            }
        }
    }
}
