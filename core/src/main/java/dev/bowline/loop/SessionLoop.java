package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Tasks;
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
    private final Tuning tuning;
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
        this.tuning = new Tuning(setup.thinking(), setup.extra());
        this.engine = new TurnEngine(id.value(), setup, tuning, log);
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

    public Tuning tuning() {
        return tuning;
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
        boolean asks = engine.prompts().wanted(checked);
        var prompt = new Waiting(promptId, listener);
        prompt.looked(setup.time().nanos() - began);
        lock.lock();
        try {
            refuseIfClosed();
            if (worker != null || !state().queue().isEmpty()) {
                queue(prompt, checked, priority);
                return prompt;
            }
            var wanted = new Waiting.Wanted(checked, source, false);
            prompt.wants(wanted);
            if (!asks) {
                begin(prompt, wanted, Hooks.NOTHING);
            }
            current = prompt;
            start();
        } finally {
            lock.unlock();
        }
        return admitted(prompt);
    }

    /// Waits until the prompt's turn is open. Interrupting the caller interrupts the hooks.
    private Waiting admitted(Waiting prompt) {
        boolean interrupted = false;
        while (true) {
            try {
                prompt.awaitAdmission();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                interrupt("user", prompt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        prompt.refusal()
                .ifPresent(why -> {
                    throw why;
                });
        return prompt;
    }

    private void begin(Waiting prompt, Waiting.Wanted wanted, Hooks.Said said) {
        engine.settle();
        engine.begin(prompt, wanted, said);
    }

    private void refuseIfClosed() {
        if (closed) {
            throw closedError();
        }
    }

    private BowlineException closedError() {
        return new BowlineException(
                ErrorCode.SESSION_CLOSED, "session " + id + " is closed; resume it to go on");
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
        } else if (priority.equals("now") && current != null && current.wanted().isEmpty()) {
            interrupt("user");
        }
    }

    private Thread thread(Runnable work) {
        var thread = setup.threads().newThread(work);
        thread.setName("session-" + id);
        return thread;
    }

    private void start() {
        var thread = thread(this::work);
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
                            listener);
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

    /// Begins a turn that tells the model of a task which has ended by itself; nothing while a turn
    /// runs or prompts wait, since that turn tells of it, and when there is no such news.
    public Optional<Waiting> news(Consumer<? super Update> listener) {
        lock.lock();
        try {
            refuseIfClosed();
            var state = state();
            boolean idle = worker == null && state.queue().isEmpty() && !state.turn().open();
            if (!idle || state.untold().stream().allMatch(SessionLoop::wasStopped)) {
                return Optional.empty();
            }
            var prompt = new Waiting(setup.ids().get(), listener);
            var news = TaskNotice.content(state.untold().getFirst());
            engine.begin(prompt, new Waiting.Wanted(news, Event.TASK_SOURCE, false), Hooks.NOTHING);
            current = prompt;
            start();
            return Optional.of(prompt);
        } finally {
            lock.unlock();
        }
    }

    /// Whoever stopped a task need not hear of it at once.
    private static boolean wasStopped(Event.TaskEnded ended) {
        return ended.status().equals("stopped");
    }

    public Tasks tasks() {
        return engine.tasks();
    }

    private void work() {
        work(take());
    }

    private void work(Optional<Waiting> first) {
        var turn = first;
        while (turn.isPresent()) {
            turn = use(turn.get());
        }
    }

    private Optional<Waiting> use(Waiting turn) {
        var refusal = turn.wanted().flatMap(wanted -> admit(turn, wanted));
        return refusal.isPresent() ? drop(refusal.get()) : finish(turn, engine.run(turn, control));
    }

    private final TurnControl control =
            new TurnControl() {
                @Override
                public String interruptedBy() {
                    return interruptedBy;
                }

                @Override
                public void refused(UUID promptId, Outcome.Failed why) {
                    remove(promptId).ifPresent(prompt -> prompt.end(why, ""));
                }
            };

    private Optional<Waiting> remove(UUID promptId) {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.remove(promptId));
        } finally {
            lock.unlock();
        }
    }

    /// Lets the model summarise what was said; from then on the summary is what it sees of that.
    /// Prompts that come meanwhile wait.
    ///
    /// @throws IllegalStateException while a turn runs
    /// @throws BowlineException when there is nothing to summarise, or the model gives no summary
    public Event.Compacted compact(String focus, Consumer<? super Update> listener)
            throws InterruptedException {
        var job = new Compacting(focus, new Waiting(UUID.randomUUID(), listener));
        lock.lock();
        try {
            refuseIfClosed();
            if (worker != null) {
                throw new IllegalStateException(
                        "session "
                                + id
                                + " is working; wait for its turn to end before compacting");
            }
            engine.settle();
            current = job.waiting;
            var thread = thread(() -> work(job));
            worker = thread;
            thread.start();
        } finally {
            lock.unlock();
        }
        return job.result(() -> interrupt("user"));
    }

    private void work(Compacting job) {
        var next = finish(job.waiting, job.run(engine));
        job.done();
        work(next);
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
            mostUrgent(state()).ifPresent(this::choose);
        }
        if (current == null) {
            worker = null;
            idle.signalAll();
        }
        return Optional.ofNullable(current);
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

    /// Why a prompt has no turn now: `tell` lets those know who wait for it; `goesOn` says that
    /// others may still have theirs.
    private record Refusal(Runnable tell, boolean goesOn) {}

    /// Asks hooks about the prompt, then opens its turn; empty if it is open.
    private Optional<Refusal> admit(Waiting prompt, Waiting.Wanted wanted) {
        try {
            long began = setup.time().nanos();
            var said = engine.prompts().ask(wanted.content());
            prompt.looked(setup.time().nanos() - began);
            return open(prompt, wanted, said);
        } catch (InterruptedException e) {
            return stopped(prompt, wanted);
        } catch (BowlineException e) {
            return Optional.of(stuck(prompt, wanted, e));
        } catch (RuntimeException e) {
            return Optional.of(
                    stuck(
                            prompt,
                            wanted,
                            new BowlineException(
                                    ErrorCode.INTERNAL,
                                    "the turn could not begin: "
                                            + e
                                            + "; this is a defect, please report it",
                                    e)));
        }
    }

    private Optional<Refusal> open(Waiting prompt, Waiting.Wanted wanted, Hooks.Said said) {
        lock.lock();
        try {
            if (said.refused()) {
                var why = PromptHooks.refusal(said);
                return refused(prompt, wanted, said, why, PromptHooks.failed(why));
            }
            if (closed) {
                return Optional.of(new Refusal(() -> prompt.refuse(closedError()), true));
            }
            if (wanted.queued() && !state().waits(prompt.promptId())) {
                return Optional.of(new Refusal(() -> {}, true));
            }
            begin(prompt, wanted, said);
            waiting.remove(prompt.promptId());
            if (!wanted.queued()
                    && state().queue().stream().anyMatch(one -> one.priority().equals("now"))) {
                interrupt("user");
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Somebody interrupted while hooks looked at the prompt. A closed session keeps what waits.
    private Optional<Refusal> stopped(Waiting prompt, Waiting.Wanted wanted) {
        lock.lock();
        try {
            return closed
                    ? Optional.of(new Refusal(() -> prompt.refuse(closedError()), true))
                    : refused(
                            prompt,
                            wanted,
                            Hooks.NOTHING,
                            new BowlineException(
                                    ErrorCode.PROMPT_BLOCKED_BY_HOOK,
                                    "the prompt was interrupted while hooks looked at it; send it again"),
                            new Outcome.Interrupted(interruptedBy));
        } finally {
            lock.unlock();
        }
    }

    /// The prompt is gone: it isn't recorded, or no longer waits. The caller holds the lock.
    private Optional<Refusal> refused(
            Waiting prompt,
            Waiting.Wanted wanted,
            Hooks.Said said,
            BowlineException why,
            Outcome outcome) {
        if (!wanted.queued()) {
            return Optional.of(new Refusal(() -> prompt.refuse(why), true));
        }
        var id = prompt.promptId();
        boolean gone =
                engine.transcript()
                        .appendIf(
                                now -> now.waits(id),
                                PromptHooks.refused(id, said).toArray(Event[]::new))
                        .isPresent();
        waiting.remove(id);
        return Optional.of(
                new Refusal(
                        () -> {
                            if (gone) {
                                prompt.end(outcome, "");
                            }
                        },
                        true));
    }

    /// Prompts that can't begin now stay in the queue, for the next prompt or [#proceed]; nobody
    /// waits for them any longer.
    private Refusal stuck(Waiting first, Waiting.Wanted wanted, BowlineException why) {
        if (!wanted.queued()) {
            return new Refusal(() -> first.refuse(why), true);
        }
        return new Refusal(
                () -> {
                    List<Waiting> left;
                    lock.lock();
                    try {
                        left = List.copyOf(waiting.values());
                        waiting.clear();
                    } finally {
                        lock.unlock();
                    }
                    var outcome = PromptHooks.failed(why);
                    first.end(outcome, "");
                    left.forEach(prompt -> prompt.end(outcome, ""));
                },
                false);
    }

    /// Lets go of a prompt that has no turn.
    private Optional<Waiting> drop(Refusal refusal) {
        Optional<Waiting> next;
        lock.lock();
        try {
            letGo();
            if (refusal.goesOn()) {
                next = next();
            } else {
                worker = null;
                idle.signalAll();
                next = Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        refusal.tell().run();
        return next;
    }

    /// An interrupt that came too late for this turn must not hit the next one.
    private void letGo() {
        current = null;
        interruptedBy = "user";
        Thread.interrupted();
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
            letGo();
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

    /// The same, if the running turn is this prompt's.
    private void interrupt(String by, Waiting prompt) {
        lock.lock();
        try {
            if (prompt.equals(current)) {
                interrupt(by);
            }
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

    /// Records a change that is no part of a turn: model, mode, title, tag. Hooks may refuse another
    /// model.
    ///
    /// @throws BowlineException `model_switch_refused`
    public void change(Event event) {
        var switched = engine.models().begins(event);
        lock.lock();
        try {
            refuseIfClosed();
            engine.record(List.of(event));
        } finally {
            lock.unlock();
        }
        switched.ifPresent(engine.models()::ended);
    }

    /// Adds what the user says, without asking the model; a turn that runs sees it with its next
    /// call.
    public void note(UUID entry, List<ContentBlock> content) {
        var checked = processor.check(content);
        lock.lock();
        try {
            refuseIfClosed();
            engine.note(entry, checked);
        } finally {
            lock.unlock();
        }
    }

    /// Changes what may run, from the next call on.
    public void apply(PermissionUpdate update) {
        lock.lock();
        try {
            refuseIfClosed();
            engine.apply(update);
        } finally {
            lock.unlock();
        }
        engine.keep(update);
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

    @Override
    public void close() {
        close("closed");
    }

    /// Interrupts what runs, waits for its end, and gives the session up. Prompts that still wait
    /// are kept in the transcript. Hooks hear the reason. Idempotent.
    public void close(String reason) {
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
        engine.close(reason);
    }
}
