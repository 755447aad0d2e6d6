package dev.bowline.testkit.session;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.MemoryStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.SessionSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A store that refuses some appends: those that `full` accepts.
final class FullStore implements SessionStore {
    private final MemoryStore inner = new MemoryStore();
    volatile Predicate<List<Entry>> full = entries -> false;

    @Override
    public Log create(SessionId id, Path directory) {
        return new FullLog(inner.create(id, directory));
    }

    @Override
    public Log open(SessionId id) {
        return new FullLog(inner.open(id));
    }

    @Override
    public Log fork(SessionId parent, long number, SessionId id) {
        return new FullLog(inner.fork(parent, number, id));
    }

    @Override
    public List<Entry> read(SessionId id) {
        return inner.read(id);
    }

    @Override
    public List<SessionSummary> list(Optional<Path> directory) {
        return inner.list(directory);
    }

    @Override
    public void delete(SessionId id) {
        inner.delete(id);
    }

    @Override
    public void close() {
        inner.close();
    }

    private final class FullLog implements Log {
        private final Log log;

        FullLog(Log log) {
            this.log = log;
        }

        @Override
        public List<Entry> entries() {
            return log.entries();
        }

        @Override
        public void append(List<Entry> entries) {
            if (full.test(entries)) {
                throw new BowlineException(ErrorCode.STORE_FULL, "the disk is full");
            }
            log.append(entries);
        }

        @Override
        public Path resultsDirectory() {
            return log.resultsDirectory();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
