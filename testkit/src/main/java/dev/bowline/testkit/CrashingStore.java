package dev.bowline.testkit;

import dev.bowline.transcript.AnswerBox;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.SessionSummary;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// A file store whose process can be ended at an exact moment of an exact append: `reached` is
/// called there, and should not come back. `acknowledged` is told the number of each entry once its
/// append has returned to the caller.
public final class CrashingStore implements SessionStore {
    private final JsonlStore store;
    private final Point point;
    private final Runnable reached;
    private final LongConsumer acknowledged;
    private final AtomicInteger appends = new AtomicInteger();

    /// A moment of an append.
    public enum Moment {
        /// Nothing of it is written.
        BEFORE,
        /// Half of its bytes are written.
        MIDDLE,
        /// It is written; the caller doesn't know yet.
        AFTER
    }

    /// Appends count from 1; 0 is none.
    public record Point(int append, Moment moment) {}

    public CrashingStore(
            JsonlStore store, Point point, Runnable reached, LongConsumer acknowledged) {
        this.store = store;
        this.point = point;
        this.reached = reached;
        this.acknowledged = acknowledged;
    }

    /// How many appends there have been.
    public int appends() {
        return appends.get();
    }

    @Override
    public Log create(SessionId id, Path directory) {
        return new CrashingLog(id, store.create(id, directory));
    }

    @Override
    public Log open(SessionId id) {
        return new CrashingLog(id, store.open(id));
    }

    @Override
    public Log fork(SessionId parent, long number, SessionId id) {
        return new CrashingLog(id, store.fork(parent, number, id));
    }

    @Override
    public List<Entry> read(SessionId id) {
        return store.read(id);
    }

    @Override
    public List<SessionSummary> list(Optional<Path> directory) {
        return store.list(directory);
    }

    @Override
    public void delete(SessionId id) {
        store.delete(id);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class CrashingLog implements Log {
        private final SessionId id;
        private final Log log;
        private boolean stored;

        CrashingLog(SessionId id, Log log) {
            this.id = id;
            this.log = log;
            this.stored = !log.entries().isEmpty();
        }

        @Override
        public List<Entry> entries() {
            return log.entries();
        }

        @Override
        public void append(List<Entry> entries) {
            boolean here = appends.incrementAndGet() == point.append();
            if (here && point.moment() == Moment.BEFORE) {
                reached.run();
            }
            long before = stored ? size() : 0;
            log.append(entries);
            stored = true;
            if (here && point.moment() == Moment.MIDDLE) {
                cut(before);
                reached.run();
            }
            if (here && point.moment() == Moment.AFTER) {
                reached.run();
            }
            entries.forEach(entry -> acknowledged.accept(entry.number()));
        }

        private long size() {
            try {
                return Files.size(store.file(id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Leaves half of what was just written.
        private void cut(long before) {
            try (var raw = new RandomAccessFile(store.file(id).toFile(), "rw")) {
                raw.setLength(before + (raw.length() - before) / 2);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<AnswerBox> answers() {
            return log.answers();
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
