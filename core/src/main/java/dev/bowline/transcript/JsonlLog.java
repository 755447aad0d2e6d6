package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.JsonOut;
import dev.bowline.transcript.disk.Disk;
import dev.bowline.transcript.disk.Folders;
import dev.bowline.transcript.disk.GitBranch;
import dev.bowline.transcript.disk.IndexFile;
import dev.bowline.transcript.disk.SessionLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The writer of one file. An append is one write of complete lines; a failed one leaves the file
/// as it was.
final class JsonlLog implements SessionStore.Log {
    private static final byte[] NO_LINES = new byte[0];

    private final JsonlStore store;
    private final SessionId id;
    private final Path file;
    private final SessionLock lock;
    private final List<Entry> before;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock syncing = new ReentrantLock();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final SummaryDraft summary = new SummaryDraft();
    private Disk.@Nullable Appender out;
    private final FileEnd end;
    private LineChain chain;
    private long number;
    private boolean appended;
    private boolean closed;
    private Mark written;
    private Mark synced;
    private long failed;
    private boolean made;
    private boolean indexed = true;
    private volatile @Nullable IOException lost;

    /// A state of the file: the appends so far and what they came to.
    private record Mark(long appends, long number, long length, LineChain chain) {}

    /// For a session that doesn't exist yet.
    JsonlLog(JsonlStore store, SessionId id, Path file, SessionLock lock, Path directory) {
        this.store = store;
        this.id = id;
        this.file = file;
        this.lock = lock;
        this.before = List.of();
        this.end = new FileEnd(file, 0, false);
        this.chain = LineChain.begin(directory.toString(), GitBranch.of(directory));
        this.written = new Mark(0, 0, 0, chain);
        this.synced = written;
    }

    /// For a session that is there, with the lock held. Cuts off a torn end. `known` is what the
    /// file says, unless its length says otherwise.
    JsonlLog(
            JsonlStore store,
            SessionId id,
            Path file,
            SessionLock lock,
            TranscriptReader.@Nullable Loaded known)
            throws IOException {
        this.store = store;
        this.id = id;
        this.file = file;
        this.lock = lock;
        long length = Files.size(file);
        var loaded =
                known != null && known.goodLength() == length
                        ? known
                        : TranscriptReader.read(id, Files.readAllBytes(file));
        if (loaded.goodLength() == 0) {
            throw StoreErrors.notFound(id);
        }
        this.before = loaded.entries();
        this.chain = LineChain.after(loaded);
        this.number = before.size();
        this.end = new FileEnd(file, loaded.goodLength(), loaded.newline());
        this.out = store.disk().open(file);
        if (end.length() < length) {
            out.truncate(end.length());
        }
        summary.plus(before);
        this.written = new Mark(0, number, end.length(), chain);
        this.synced = written;
    }

    @Override
    public List<Entry> entries() {
        return before;
    }

    @Override
    public void append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long mine;
        byte[] lines;
        writing.lock();
        try {
            check(entries);
            var appender = begin();
            lines = write(appender, entries);
            appended = true;
            number += entries.size();
            summary.plus(entries);
            mine = written.appends + 1;
            written = new Mark(mine, number, end.length(), chain);
        } catch (IOException e) {
            throw StoreErrors.unwritable(file, e);
        } finally {
            writing.unlock();
        }
        settle(mine);
        store.tell(file, lines, lines.length);
    }

    private void check(List<Entry> entries) throws IOException {
        if (closed) {
            throw new BowlineException(
                    ErrorCode.SESSION_CLOSED, "session " + id + " is closed; open it again");
        }
        long next = number;
        for (var entry : entries) {
            if (entry.number() != ++next) {
                throw StoreErrors.conflict(id, entry.number(), next - 1);
            }
        }
        var failure = lost;
        if (failure != null) {
            lost = null;
            throw failure;
        }
    }

    /// The open file; made at the first append.
    private Disk.Appender begin() throws IOException {
        if (out != null) {
            return out;
        }
        Folders.make(file.toAbsolutePath().resolveSibling(""));
        var holder = lock.lock();
        if (holder.isPresent()) {
            throw StoreErrors.inUse(id, holder);
        }
        if (!made) {
            if (Files.exists(file)) {
                takeOver();
            } else {
                Folders.makeFile(file);
            }
            made = true;
        }
        var opened = store.disk().open(file);
        out = opened;
        return opened;
    }

    /// Empties what a process left that ended in its first append.
    private void takeOver() throws IOException {
        if (!JsonlStore.isLeftover(id, file)) {
            throw StoreErrors.exists(id);
        }
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(0);
        }
    }

    private byte[] write(Disk.Appender appender, List<Entry> entries) throws IOException {
        long start = end.start(appender);
        var buffer = store.buffers().take();
        try (var json = JsonOut.to(buffer)) {
            if (end.wantsNewline()) {
                buffer.write('\n');
            }
            var next = new LineWriter(id, chain, this::headAt, json).append(entries);
            appender.write(buffer.bytes(), buffer.size());
            end.grewTo(start + buffer.size());
            chain = next;
            return store.isMirrored() ? buffer.toByteArray() : NO_LINES;
        } catch (IOException e) {
            end.backTo(start, appender);
            throw e;
        } finally {
            store.buffers().release(buffer);
        }
    }

    private @Nullable String headAt(long to, int blocks) {
        try {
            return TranscriptReader.read(id, Files.readAllBytes(file)).links().headAt(to, blocks);
        } catch (IOException e) {
            throw StoreErrors.unreadable(file, e);
        }
    }

    /// Makes the append as durable as the store promises.
    private void settle(long mine) {
        switch (store.durability()) {
            case PROCESS -> {}
            case PERIODIC -> {
                if (dirty.compareAndSet(false, true)) {
                    store.flusher().soon(this::flush);
                }
            }
            case ALWAYS -> {
                try {
                    sync(mine, true);
                } catch (IOException e) {
                    throw StoreErrors.unwritable(file, e);
                }
            }
        }
    }

    private void flush() {
        dirty.set(false);
        try {
            sync(mark().appends, false);
        } catch (IOException e) {
            lost = e;
        }
    }

    private Mark mark() {
        writing.lock();
        try {
            return written;
        } finally {
            writing.unlock();
        }
    }

    /// Flushes what was written up to append `mine`, unless somebody has done that meanwhile.
    private void sync(long mine, boolean undo) throws IOException {
        syncing.lock();
        try {
            var appender = out;
            if (mine <= failed) {
                throw new IOException("the disk could not be flushed");
            }
            if (synced.appends >= mine || appender == null) {
                return;
            }
            var upTo = mark();
            try {
                appender.sync();
                synced = upTo;
            } catch (IOException e) {
                if (undo) {
                    undo(appender);
                }
                throw e;
            }
        } finally {
            syncing.unlock();
        }
    }

    /// Takes back every append that was not flushed; none of them has been acknowledged.
    private void undo(Disk.Appender appender) {
        writing.lock();
        try {
            failed = written.appends;
            number = synced.number;
            chain = synced.chain;
            written = new Mark(failed, number, synced.length, chain);
            indexed = false;
            end.backTo(synced.length, appender);
        } finally {
            writing.unlock();
        }
    }

    /// What a list shows, without reading the file.
    IndexFile.Row row() throws IOException {
        writing.lock();
        try {
            return summary.row(id, Files.size(file), Files.getLastModifiedTime(file));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Path resultsDirectory() {
        return results(file, id);
    }

    @Override
    public Optional<AnswerBox> answers() {
        return Optional.of(AnswerBox.beside(file, id));
    }

    /// The folder beside a session's file for full results of session `id`.
    static Path results(Path file, SessionId id) {
        return file.resolveSibling(id.value()).resolve("tool-results");
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            writing.unlock();
        }
        try {
            finish();
        } catch (IOException e) {
            throw StoreErrors.unwritable(file, e);
        } finally {
            store.closed(id, this);
            lock.close();
        }
    }

    private void finish() throws IOException {
        var appender = out;
        if (appender == null) {
            return;
        }
        syncing.lock();
        try {
            if (appended && end.length() > ClosingLines.TAIL) {
                repeat(appender);
            }
            flushAndClose(appender);
        } finally {
            out = null;
            syncing.unlock();
        }
        if (number == 0 && Files.size(file) == 0) {
            Files.delete(file);
        } else if (appended && indexed) {
            store.index(file).add(List.of(row()));
        }
    }

    /// What the background would flush anyway, it also flushes after the session was closed.
    private void flushAndClose(Disk.Appender appender) throws IOException {
        boolean behind = synced.appends < written.appends;
        if (behind && store.durability() == Durability.PERIODIC) {
            store.flusher().soon(() -> last(appender));
            return;
        }
        try (appender) {
            if (behind && store.durability() == Durability.ALWAYS) {
                appender.sync();
            }
        }
    }

    private static void last(Disk.Appender appender) {
        try (appender) {
            appender.sync();
        } catch (IOException lost) {
            // nobody is left to be told; the process's own end still loses nothing
        }
    }

    /// Puts title, tag and last prompt near the end, where other programs look for them.
    private void repeat(Disk.Appender appender) throws IOException {
        var buffer = store.buffers().take();
        try {
            ClosingLines.write(buffer, file, id, summary);
            if (buffer.size() > 0) {
                appender.write(buffer.bytes(), buffer.size());
                store.tell(file, buffer.bytes(), buffer.size());
            }
        } finally {
            store.buffers().release(buffer);
        }
    }
}
