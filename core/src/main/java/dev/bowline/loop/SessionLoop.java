package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelRequest;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import dev.bowline.transcript.files.FilesRewound;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One open session at work: takes prompts in, runs their turns one after another on one virtual
/// thread, and stops when asked to.
public final class SessionLoop implements AutoCloseable {
    private final SessionId id;
    private final Setup setup;
    private final TurnEngine engine;
    private final MessageProcessor processor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<UUID, Waiting> waiting = new HashMap<>();
    private @Nullable Thread worker;
    private @Nullable Waiting current;
    private volatile String interruptedBy = "user";
    private boolean closed;

    /// Takes over a session's log. `source` says how it came to be: `startup`, `resume` or `fork`.
    public SessionLoop(SessionId id, Setup setup, SessionStore.Log log, String source) {
        this.id = id;
        this.setup = setup;
        this.engine = new TurnEngine(id.value(), setup, log);
        this.processor =
                new MessageProcessor(
                        setup.limits().promptLimit(),
                        setup.filters(),
                        setup.promptsPerMinute(),
                        setup.time());
        engine.tell(new HookEvent.SessionStart(id.value(), source));
    }

    public Transcript transcript() {
        return engine.transcript();
    }

    private SessionState state() {
        return engine.transcript().state();
    }

    public Optional<ModelRequest> lastRequest() {
        return engine.lastRequest();
    }

    /// Accepts a prompt; it is durable when this returns. It runs now, or when the turns before it
    /// have ended.
    ///
    /// @throws BowlineException when it is refused; nothing has changed then
    public Waiting submit(
            UUID promptId,
            List<ContentBlock> content,
            String priority,
            String source,
            Consumer<? super Update> listener) {
        long began = setup.time().nanos();
        var checked = processor.check(content);
        var said = engine.ask(checked);
        var prompt = new Waiting(promptId, listener, said, setup.time().nanos() - began);
        lock.lock();
        try {
            refuseIfClosed();
            if (worker == null && state().queue().isEmpty()) {
                engine.settle();
                engine.begin(prompt, checked, source);
                current = prompt;
                start();
            } else {
                queue(prompt, checked, priority);
            }
            return prompt;
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BowlineException(
                    ErrorCode.SESSION_CLOSED, "session " + id + " is closed; resume it to go on");
        }
    }

    private void queue(Waiting prompt, List<ContentBlock> content, String priority) {
        var queued = state().queue().size();
        if (queued >= setup.limits().queueLimit()) {
            throw new BowlineException(
                    ErrorCode.QUEUE_FULL,
                    "session "
                            + id
                            + " already has "
                            + queued
                            + " prompts waiting; wait for some to be answered");
        }
        engine.record(List.of(new Event.Queued(prompt.promptId(), content, priority)));
        waiting.put(prompt.promptId(), prompt);
        if (worker == null) {
            engine.settle();
            start();
        } else if (priority.equals("now")) {
            interrupt("user");
        }
    }

    private void start() {
        var thread = Thread.ofVirtual().name("session-" + id).unstarted(this::work);
        worker = thread;
        thread.start();
    }

    /// Goes on with a turn that an earlier process left open, or with the prompts that wait;
    /// nothing if there is neither.
    public Optional<Waiting> proceed(Consumer<? super Update> listener) {
        lock.lock();
        try {
            refuseIfClosed();
            var state = state();
            if (worker != null || !state.turn().open() && state.queue().isEmpty()) {
                return Optional.empty();
            }
            boolean open = state.turn().open();
            var prompt =
                    new Waiting(
                            open ? UUID.randomUUID() : mostUrgent(state).orElseThrow().promptId(),
                            listener,
                            null,
                            0);
            if (open) {
                current = prompt;
            } else {
                waiting.put(prompt.promptId(), prompt);
            }
            start();
            return Optional.of(prompt);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        var turn = take();
        while (turn.isPresent()) {
            var outcome = engine.run(turn.get(), () -> interruptedBy);
            turn = finish(turn.get(), outcome);
        }
    }

    private Optional<Waiting> take() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// The next turn; when there is none, the worker is gone. The caller holds the lock.
    private Optional<Waiting> next() {
        if (current == null && !closed) {
            mostUrgent(state()).ifPresent(this::begin);
        }
        if (current == null) {
            worker = null;
            idle.signalAll();
        }
        return Optional.ofNullable(current);
    }

    private void begin(Event.Queued queued) {
        var known = waiting.remove(queued.promptId());
        var prompt = known == null ? new Waiting(queued.promptId(), update -> {}, null, 0) : known;
        try {
            engine.begin(prompt, queued.content(), "queue");
            current = prompt;
        } catch (BowlineException e) {
            giveUp(prompt, new Outcome.Failed(e.code().wire(), String.valueOf(e.getMessage()), 0));
        } catch (RuntimeException e) {
            giveUp(
                    prompt,
                    new Outcome.Failed(
                            ErrorCode.INTERNAL.wire(),
                            "the turn could not begin: "
                                    + e
                                    + "; this is a defect, please report it",
                            0));
        }
    }

    /// Nobody waits for prompts that can't begin now. They stay in the queue, for the next prompt
    /// or [#proceed].
    private void giveUp(Waiting first, Outcome.Failed why) {
        first.end(why, "");
        waiting.values().forEach(prompt -> prompt.end(why, ""));
        waiting.clear();
    }

    private static Optional<Event.Queued> mostUrgent(SessionState state) {
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

    /// Lets go of a turn that has ended, then tells those who wait for it.
    private Optional<Waiting> finish(Waiting turn, Outcome outcome) {
        var text = engine.transcript().lastText();
        List<Waiting> joined;
        Optional<Waiting> next;
        lock.lock();
        try {
            current = null;
            interruptedBy = "user";
            Thread.interrupted(); // an interrupt that came too late for this turn must not hit
            // the next one
            joined = takeJoined();
            next = next();
        } finally {
            lock.unlock();
        }
        turn.end(outcome, text);
        joined.forEach(prompt -> prompt.end(outcome, text));
        return next;
    }

    /// The prompts that became part of the turn.
    private List<Waiting> takeJoined() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        var queued = state().queue().stream().map(Event.Queued::promptId).toList();
        var joined =
                waiting.values().stream()
                        .filter(prompt -> !queued.contains(prompt.promptId()))
                        .toList();
        joined.forEach(prompt -> waiting.remove(prompt.promptId()));
        return joined;
    }

    /// Stops the running turn, if there is one. The prompts that wait go on.
    public boolean interrupt(String by) {
        lock.lock();
        try {
            if (worker == null || current == null) {
                return false;
            }
            interruptedBy = by;
            worker.interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Withdraws a prompt that still waits.
    public boolean withdraw(UUID promptId) {
        lock.lock();
        try {
            var gone =
                    engine.transcript()
                            .appendIf(now -> now.waits(promptId), new Event.Unqueued(promptId));
            if (gone.isEmpty()) {
                return false;
            }
            var prompt = waiting.remove(promptId);
            if (prompt != null) {
                prompt.end(new Outcome.Interrupted("user"), "");
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Records a change that is no part of a turn: model, mode, title, tag.
    public void change(Event event) {
        lock.lock();
        try {
            refuseIfClosed();
            engine.record(List.of(event));
        } finally {
            lock.unlock();
        }
    }

    /// Goes back to just after entry `to`; what came later no longer counts.
    ///
    /// @throws IllegalStateException while a turn runs
    /// @throws IllegalArgumentException when there is no such entry, or a call would lose its
    ///   result there
    public void rewind(long to) {
        lock.lock();
        try {
            refuseIfClosed();
            if (worker != null) {
                throw new IllegalStateException(
                        "session " + id + " is working; interrupt it before rewinding");
            }
            if (to < 1 || to > state().number()) {
                throw new IllegalArgumentException(
                        "session " + id + " has no entry " + to + "; use 1 to " + state().number());
            }
            if (engine.transcript().after(to).stream()
                    .anyMatch(e ->
                            e.event() instanceof Event.Rewound(long kept, int any) && kept < to)) {
                throw new IllegalArgumentException(
                        "entry "
                                + to
                                + " no longer counts since a rewind before it; fork the session at it instead");
            }
            var prefix = SessionState.of(engine.transcript().after(0).subList(0, (int) to));
            if (!prefix.pending().isEmpty()) {
                throw new IllegalArgumentException(
                        "entry "
                                + to
                                + " lies between a tool call and its result; rewind to another entry");
            }
            engine.settle();
            engine.record(List.of(new Event.Rewound(to)));
        } finally {
            lock.unlock();
        }
    }

    /// Whether a file may be read without asking.
    public boolean mayRead(Path file) {
        return engine.mayRead(file);
    }

    /// An object that tools share.
    public <T> T shared(Class<T> type, Function<Path, T> create) {
        return engine.shared(type, create);
    }

    /// Brings files back to what they were when a prompt was said; see [Checkpoints].
    public FilesRewound rewindFiles(UUID message, boolean dryRun) {
        return engine.checkpoints().rewind(message, dryRun);
    }

    /// Goes back to a place, also one inside a turn or a reply: calls that lose their result get
    /// one that says so.
    ///
    /// @throws IllegalStateException while a turn runs
    public void cut(Position at) {
        lock.lock();
        try {
            refuseIfClosed();
            if (worker != null) {
                throw new IllegalStateException(
                        "session " + id + " is working; interrupt it before rewinding");
            }
            if (at.number() > state().number()) {
                throw new IllegalArgumentException(
                        "session " + id + " has no entry " + at.number());
            }
            boolean whole = at.equals(Position.after(state().number()));
            if (!whole || state().turn().open()) {
                engine.settle();
            }
            if (!whole) {
                engine.cut(at);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs one call through all stages, in a turn of its own, on the calling thread. Only for a
    /// session that does nothing else.
    public Event.ToolFinished call(String tool, Json input) throws InterruptedException {
        refuseIfClosed();
        return engine.call(tool, input);
    }

    /// Interrupts what runs, waits for its end, and gives the session up. Prompts that still wait
    /// are kept in the transcript. Idempotent.
    @Override
    public void close() {
        List<Waiting> left;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            interrupt("closed");
            while (worker != null && !Thread.currentThread().equals(worker)) {
                idle.awaitUninterruptibly();
            }
            left = List.copyOf(waiting.values());
        } finally {
            lock.unlock();
        }
        left.forEach(prompt -> prompt.end(new Outcome.Interrupted("closed"), ""));
        engine.close();
    }
}
