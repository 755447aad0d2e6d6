package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who has the turn, who waits for one, which thread works, and whether the session is still open:
/// what changes under the session's one lock. Methods that say so want it held.
final class Schedule {
    private final SessionId id;
    private final ThreadFactory threads;
    private final Supplier<SessionState> state;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<UUID, Waiting> waiting = new HashMap<>();
    private @Nullable Thread worker;
    private @Nullable Waiting current;
    private volatile String interruptedBy = "user";
    private volatile boolean closed;

    Schedule(SessionId id, ThreadFactory threads, Supplier<SessionState> state) {
        this.id = id;
        this.threads = threads;
        this.state = state;
    }

    /// The lock, until it is closed.
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    Hold hold() {
        lock.lock();
        return lock::unlock;
    }

    /// The same, unless the session is closed.
    Hold holdOpen() {
        lock.lock();
        try {
            refuseIfClosed();
        } catch (BowlineException e) {
            lock.unlock();
            throw e;
        }
        return lock::unlock;
    }

    void refuseIfClosed() {
        if (closed) {
            throw closedError();
        }
    }

    BowlineException closedError() {
        return new BowlineException(
                ErrorCode.SESSION_CLOSED, "session " + id + " is closed; resume it to go on");
    }

    boolean closed() {
        return closed;
    }

    boolean working() {
        return worker != null;
    }

    /// Refuses what can't be done while a turn runs; `advice` says what to do instead. The caller
    /// holds the lock.
    void refuseIfWorking(String advice) {
        if (working()) {
            throw new IllegalStateException("session " + id + " is working; " + advice);
        }
    }

    /// Gives the turn to a prompt, or to the most urgent one that waits if there is none, and
    /// begins to work. The caller holds the lock; nobody works.
    void start(@Nullable Waiting first, Runnable work) {
        if (first != null) {
            current = first;
        }
        var thread = threads.newThread(work);
        thread.setName("session-" + id);
        worker = thread;
        thread.start();
    }

    /// Whether a prompt has the turn that is already open. The caller holds the lock.
    boolean inTurn() {
        return current != null && current.wanted().isEmpty();
    }

    void add(Waiting prompt) {
        waiting.put(prompt.promptId(), prompt);
    }

    /// Whoever waits for this prompt, who does so no longer.
    Optional<Waiting> remove(UUID promptId) {
        try (var _ = hold()) {
            return Optional.ofNullable(waiting.remove(promptId));
        }
    }

    /// All that wait, who do so no longer.
    List<Waiting> removeAll() {
        try (var _ = hold()) {
            var all = List.copyOf(waiting.values());
            waiting.clear();
            return all;
        }
    }

    /// The next turn; when there is none, the worker is gone.
    Optional<Waiting> next() {
        try (var _ = hold()) {
            if (current == null && !closed) {
                mostUrgent(state.get()).ifPresent(this::choose);
            }
            return current == null ? rest() : Optional.of(current);
        }
    }

    private void choose(Event.Queued queued) {
        var known = waiting.get(queued.promptId());
        var prompt = known == null ? new Waiting(queued.promptId(), listening()) : known;
        prompt.wants(new Waiting.Wanted(queued.content(), "queue", true));
        current = prompt;
    }

    /// Who hears of a turn whose own prompt came to an earlier process: whoever waits behind it,
    /// since their prompts may join it.
    private Consumer<? super Update> listening() {
        for (var prompt : waiting.values()) {
            return prompt.listener();
        }
        return update -> {};
    }

    /// The worker is gone. The caller holds the lock.
    Optional<Waiting> rest() {
        worker = null;
        idle.signalAll();
        return Optional.empty();
    }

    /// Nobody has the turn. An interrupt that came too late for it must not hit the next one. The
    /// caller holds the lock.
    void letGo() {
        current = null;
        interruptedBy = "user";
        Thread.interrupted();
    }

    /// The prompts that became part of a turn, who wait no longer. The caller holds the lock.
    List<Waiting> takeJoined() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        var queued = state.get().queue().stream().map(Event.Queued::promptId).toList();
        var joined =
                waiting.values().stream()
                        .filter(prompt -> !queued.contains(prompt.promptId()))
                        .toList();
        joined.forEach(prompt -> waiting.remove(prompt.promptId()));
        return joined;
    }

    /// Who interrupted the running turn.
    String interruptedBy() {
        return interruptedBy;
    }

    /// Stops the running turn, if there is one. The prompts that wait go on.
    boolean interrupt(String by) {
        try (var _ = hold()) {
            if (worker == null || current == null) {
                return false;
            }
            interruptedBy = by;
            worker.interrupt();
            return true;
        }
    }

    /// The same, if the running turn is this prompt's.
    void interrupt(String by, Waiting prompt) {
        try (var _ = hold()) {
            if (prompt.equals(current)) {
                interrupt(by);
            }
        }
    }

    /// Interrupts what runs and waits for its end; returns who still waits. Empty if the session
    /// was closed before.
    Optional<List<Waiting>> close() {
        try (var _ = hold()) {
            if (closed) {
                return Optional.empty();
            }
            closed = true;
            interrupt("closed");
            while (worker != null && !Thread.currentThread().equals(worker)) {
                idle.awaitUninterruptibly();
            }
            return Optional.of(List.copyOf(waiting.values()));
        }
    }

    static Optional<Event.Queued> mostUrgent(SessionState state) {
        return state.queue().stream()
                .min(Comparator.comparingInt(queued -> urgency(queued.priority())));
    }

    private static int urgency(String priority) {
        return switch (priority) {
            case "now" -> 0;
            case "next" -> 1;
            default -> 2;
        };
    }
}
