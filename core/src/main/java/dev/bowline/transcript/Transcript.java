package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The transcript of one open session: append, state, and cursors for those who follow. Safe for
/// any thread; appends happen one after another and are durable when they return.
public final class Transcript implements AutoCloseable {
    /// Progress of tools that is kept for those who follow; a slower one misses what is older.
    private static final int LIVE_PROGRESS = 10_000;

    private final SessionStore.Log log;
    private final TimeSource time;
    private final Supplier<UUID> ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private AppendList<Entry> entries = AppendList.empty();
    private List<Update> live = new ArrayList<>();
    private int cursors;
    private volatile SessionState state;
    private boolean closed;

    public Transcript(SessionStore.Log log, TimeSource time, Supplier<UUID> ids) {
        this.log = log;
        this.time = time;
        this.ids = ids;
        for (var entry : log.entries()) {
            entries = entries.plus(entry);
        }
        this.state = SessionState.of(entries);
    }

    /// Records what happened, all or nothing.
    public List<Entry> append(Event... events) {
        return append(ids.get(), List.of(events));
    }

    /// The same, with an id for the first entry that was announced before.
    public List<Entry> append(UUID first, List<? extends Event> events) {
        lock.lock();
        try {
            var added = new ArrayList<Entry>(events.size());
            long number = state.number();
            for (var event : events) {
                var id = added.isEmpty() ? first : ids.get();
                added.add(new Entry(++number, name(event, id), time.now(), event));
            }
            log.append(added);
            var next = state;
            for (var entry : added) {
                entries = entries.plus(entry);
                next = next.plus(entry);
            }
            state = next;
            if (!added.stream().allMatch(entry -> isBeside(entry.event()))) {
                live = new ArrayList<>(0);
            }
            changed.signalAll();
            return added;
        } finally {
            lock.unlock();
        }
    }

    /// A prompt's entry has the name that whoever said it knows, unless that was used before.
    private UUID name(Event event, UUID id) {
        if (!(event instanceof Event.Prompted prompted)) {
            return id;
        }
        var wanted = prompted.promptId();
        for (var entry : entries) {
            if (entry.id().equals(wanted)) {
                return id;
            }
        }
        return wanted;
    }

    /// Records `events` if `condition` holds at that very moment; whether it did.
    public Optional<List<Entry>> appendIf(Predicate<SessionState> condition, Event... events) {
        lock.lock();
        try {
            return condition.test(state) ? Optional.of(append(events)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    public SessionState state() {
        return state;
    }

    /// Entries with a number greater than `number`.
    public List<Entry> after(long number) {
        lock.lock();
        try {
            return entries.from((int) Math.min(entries.size(), Math.max(0, number)));
        } finally {
            lock.unlock();
        }
    }

    /// The stored form's folder for full results.
    public java.nio.file.Path resultsDirectory() {
        return log.resultsDirectory();
    }

    /// Where other processes leave answers to open questions.
    public Optional<AnswerBox> answers() {
        return log.answers();
    }

    /// Shows something that isn't durable to those who follow.
    public void show(Update update) {
        lock.lock();
        try {
            if (update instanceof Update.Delta(_, StreamEvent event) && voids(event)) {
                live = new ArrayList<>();
            }
            if (!(update instanceof Update.Delta || update instanceof Update.Snapshot)) {
                if (cursors == 0) {
                    return;
                }
                if (live.size() >= LIVE_PROGRESS) {
                    live = new ArrayList<>();
                }
            }
            live.add(update);
            if (cursors > 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// What may be recorded while a message is being typed without superseding it.
    private static boolean isBeside(Event event) {
        return event instanceof Event.Queued
                || event instanceof Event.Unqueued
                || event instanceof Event.Renamed
                || event instanceof Event.Tagged
                || event instanceof Event.ModelChanged
                || event instanceof Event.ModeChanged
                || event instanceof Event.PermissionsChanged
                || event instanceof Event.Noted note && note.kind() == Event.NoteKind.USER
                || event instanceof Event.TaskEnded;
    }

    /// After these what was shown before no longer holds.
    private static boolean voids(StreamEvent event) {
        return event instanceof StreamEvent.MessageStarted
                || event instanceof StreamEvent.Retrying
                || event instanceof StreamEvent.FellBack;
    }

    /// A place in the transcript; starts behind entry `number`.
    public Cursor cursor(long number) {
        return new Cursor(number);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            log.close();
        } finally {
            lock.unlock();
        }
    }

    /// Reads what comes, in order, without gap or double: entries always, what is being typed as
    /// far as it is still news. For one thread.
    public final class Cursor implements AutoCloseable {
        private long number;
        private @Nullable List<Update> seen;
        private int shown;
        private boolean open = true;

        private Cursor(long number) {
            lock.lock();
            try {
                this.number = number;
                cursors++;
            } finally {
                lock.unlock();
            }
        }

        /// What is new, waiting for it at most `millis`; empty after that time. After the session
        /// was closed and all was read: nothing.
        public Optional<List<Update>> next(long millis) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(millis);
                while (true) {
                    var news = news();
                    if (!news.isEmpty()) {
                        return Optional.of(news);
                    }
                    if (closed || !open) {
                        return Optional.empty();
                    }
                    if (left <= 0) {
                        return Optional.of(List.of());
                    }
                    left = changed.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        @SuppressWarnings("ReferenceEquality") // each message being typed has a list of its own
        private List<Update> news() {
            var news = new ArrayList<Update>();
            if (number < entries.size()) {
                news.addAll(entries.from((int) number));
                number = entries.size();
            }
            if (seen != live) {
                shown = 0;
                if (seen == null) {
                    snapshot(news);
                }
                seen = live;
            }
            while (shown < live.size()) {
                news.add(live.get(shown++));
            }
            return news;
        }

        private void snapshot(List<Update> news) {
            var text = new StringBuilder();
            for (var update : live) {
                if (update
                        instanceof
                        Update.Delta(_, StreamEvent.TextDelta(int index, String piece))) {
                    text.append(piece);
                }
            }
            if (!text.isEmpty()) {
                news.add(new Update.Snapshot(text.toString()));
                shown = live.size();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    cursors--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// The text of the last reply of the running or last turn; empty if there is none.
    public String lastText() {
        return state.lastReply().map(reply -> ContentBlock.text(reply.content())).orElse("");
    }
}
