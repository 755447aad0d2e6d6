package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelRequest;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.Place;
import dev.bowline.permission.Policy;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One open session at work: takes prompts in, runs their turns one after another on one virtual
/// thread, and stops when asked to.
public final class SessionLoop implements AutoCloseable {
    private final SessionId id;
    private final Setup setup;
    private final Transcript transcript;
    private final Workplace workplace;
    private final Hooks hooks;
    private final Recorder recorder;
    private final MessageProcessor processor;
    private final ToolDispatcher dispatcher;
    private final AgentLoop loop;
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
        this.transcript = new Transcript(log, setup.time(), setup.ids());
        var stored = transcript.state().directory();
        this.workplace =
                new Workplace(
                        id.value(),
                        setup.directory(),
                        stored.isEmpty()
                                ? setup.directory()
                                : existing(Path.of(stored), setup.directory()),
                        setup.additionalDirectories(),
                        setup.environment(),
                        transcript::resultsDirectory,
                        setup.time());
        this.hooks = new Hooks(setup.hooks(), setup.time());
        this.recorder = new Recorder(transcript);
        this.processor =
                new MessageProcessor(
                        setup.limits().promptLimit(),
                        setup.filters(),
                        setup.promptsPerMinute(),
                        setup.time());
        var permissions =
                new Permissions(this::policy, setup.approver(), hooks, recorder, id.value());
        this.dispatcher =
                new ToolDispatcher(setup, hooks, permissions, workplace, recorder, id.value());
        this.loop =
                new AgentLoop(
                        setup, transcript, recorder, dispatcher, hooks, permissions, id.value());
        tell(new HookEvent.SessionStart(id.value(), source));
    }

    private static Path existing(Path wanted, Path otherwise) {
        return java.nio.file.Files.isDirectory(wanted) ? wanted : otherwise;
    }

    private Policy policy() {
        var mode = transcript.state().mode();
        var home = Path.of(System.getProperty("user.home", "/"));
        return new Policy(
                mode.isEmpty() ? setup.mode() : PermissionMode.of(mode),
                setup.allow(),
                setup.ask(),
                setup.deny(),
                new Place(setup.directory(), home, setup.additionalDirectories()));
    }

    public Transcript transcript() {
        return transcript;
    }

    public Optional<ModelRequest> lastRequest() {
        return loop.lastRequest();
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
        var said = askHooks(checked);
        var prompt = new Waiting(promptId, listener, setup.time().nanos() - began);
        lock.lock();
        try {
            refuseIfClosed();
            if (worker == null && transcript.state().queue().isEmpty()) {
                settle();
                begin(prompt, checked, source, said);
            } else {
                queue(prompt, checked, priority);
            }
            return prompt;
        } finally {
            lock.unlock();
        }
    }

    private Hooks.Said askHooks(List<ContentBlock> content) {
        try {
            var said =
                    hooks.run(
                            new HookEvent.UserPromptSubmit(id.value(), ContentBlock.text(content)));
            if (said.refused()) {
                throw new BowlineException(
                        ErrorCode.PROMPT_BLOCKED_BY_HOOK,
                        "the prompt was blocked by a hook: " + said.reason());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BowlineException(
                    ErrorCode.PROMPT_BLOCKED_BY_HOOK,
                    "the caller was interrupted while hooks looked at the prompt",
                    e);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BowlineException(
                    ErrorCode.SESSION_CLOSED, "session " + id + " is closed; resume it to go on");
        }
    }

    /// A turn that an earlier process left open is ended before a new one begins.
    private void settle() {
        var state = transcript.state();
        if (state.turn().open()) {
            transcript.append(Closing.afterCrash(state).toArray(Event[]::new));
        }
    }

    private void begin(Waiting prompt, List<ContentBlock> content, String source, Hooks.Said said) {
        var events = opening();
        events.add(
                new Event.Prompted(
                        prompt.promptId(),
                        transcript.state().turn().number() + 1,
                        content,
                        source));
        events.addAll(said.events());
        var note = said.outcome().context();
        if (note != null && !note.isBlank()) {
            events.add(new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text(note))));
        }
        var entries = transcript.append(events.toArray(Event[]::new));
        prompt.recorded(entries);
        current = prompt;
        start();
    }

    private List<Event> opening() {
        var events = new ArrayList<Event>();
        if (transcript.state().opened().isEmpty()) {
            events.add(
                    new Event.Opened(
                            setup.directory().toString(),
                            setup.modelName(),
                            setup.mode().wire(),
                            setup.version(),
                            null));
        }
        return events;
    }

    private void queue(Waiting prompt, List<ContentBlock> content, String priority) {
        var queued = transcript.state().queue().size();
        if (queued >= setup.limits().queueLimit()) {
            throw new BowlineException(
                    ErrorCode.QUEUE_FULL,
                    "session "
                            + id
                            + " already has "
                            + queued
                            + " prompts waiting; wait for some to be answered");
        }
        transcript.append(new Event.Queued(prompt.promptId(), content, priority));
        waiting.put(prompt.promptId(), prompt);
        if (worker == null) {
            settle();
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
            var state = transcript.state();
            if (worker != null || !state.turn().open() && state.queue().isEmpty()) {
                return Optional.empty();
            }
            var prompt =
                    new Waiting(
                            state.turn().open()
                                    ? UUID.randomUUID()
                                    : next(state).orElseThrow().promptId(),
                            listener,
                            0);
            if (state.turn().open()) {
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
            var outcome = run(turn.get());
            turn = finish(turn.get(), outcome);
        }
    }

    private Outcome run(Waiting turn) {
        try {
            recorder.listener(turn.listener());
            turn.entries().forEach(turn.listener());
            return loop.run(turn.validated(), () -> interruptedBy);
        } catch (RuntimeException e) {
            return new Outcome.Failed(
                    ErrorCode.INTERNAL.wire(), "the listener of the turn failed with " + e, 0);
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
            next(transcript.state()).ifPresent(this::takeQueued);
        }
        if (current == null) {
            worker = null;
            idle.signalAll();
        }
        return Optional.ofNullable(current);
    }

    private void takeQueued(Event.Queued queued) {
        var prompt = waiting.remove(queued.promptId());
        var taken = prompt == null ? new Waiting(queued.promptId(), update -> {}, 0) : prompt;
        try {
            var events = opening();
            events.add(
                    new Event.Prompted(
                            queued.promptId(),
                            transcript.state().turn().number() + 1,
                            queued.content(),
                            "queue"));
            taken.recorded(transcript.append(events.toArray(Event[]::new)));
            current = taken;
        } catch (BowlineException e) {
            taken.end(new Outcome.Failed(e.code().wire(), String.valueOf(e.getMessage()), 0), "");
        }
    }

    private static Optional<Event.Queued> next(SessionState state) {
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
        var text = transcript.lastText();
        if (outcome instanceof Outcome.Failed failed) {
            tell(new HookEvent.StopFailure(id.value(), failed.code(), failed.message()));
        }
        List<Waiting> ended;
        Optional<Waiting> next;
        lock.lock();
        try {
            current = null;
            interruptedBy = "user";
            Thread.interrupted(); // an interrupt that came too late for this turn must not hit
            // the next one
            ended = takeJoined();
            next = next();
        } finally {
            lock.unlock();
        }
        turn.end(outcome, text);
        ended.forEach(prompt -> prompt.end(outcome, text));
        return next;
    }

    /// The prompts that became part of the turn.
    private List<Waiting> takeJoined() {
        var queued = transcript.state().queue().stream().map(Event.Queued::promptId).toList();
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
            if (transcript.state().queue().stream()
                    .noneMatch(queued -> queued.promptId().equals(promptId))) {
                return false;
            }
            transcript.append(new Event.Unqueued(promptId));
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
            var events = opening();
            events.add(event);
            transcript.append(events.toArray(Event[]::new));
        } finally {
            lock.unlock();
        }
    }

    /// Goes back to just after entry `to`; what came later no longer counts.
    ///
    /// @throws IllegalStateException while a turn runs
    /// @throws IllegalArgumentException when a call would lose its result there
    public void rewind(long to) {
        lock.lock();
        try {
            refuseIfClosed();
            if (worker != null) {
                throw new IllegalStateException(
                        "session " + id + " is working; interrupt it before rewinding");
            }
            if (to < 1 || to > transcript.state().number()) {
                throw new IllegalArgumentException(
                        "session "
                                + id
                                + " has no entry "
                                + to
                                + "; use 1 to "
                                + transcript.state().number());
            }
            var prefix = SessionState.of(transcript.after(0).subList(0, (int) to));
            if (!prefix.pending().isEmpty()) {
                throw new IllegalArgumentException(
                        "entry "
                                + to
                                + " lies between a tool call and its result; rewind to another entry");
            }
            settle();
            transcript.append(new Event.Rewound(to));
        } finally {
            lock.unlock();
        }
    }

    /// Runs one call through all stages, in a turn of its own, on the calling thread. Only for a
    /// session that does nothing else.
    public Event.ToolFinished call(String tool, Json input) throws InterruptedException {
        lock.lock();
        try {
            refuseIfClosed();
            var use =
                    new ContentBlock.ToolUse(
                            "call-" + (transcript.state().number() + 1), tool, input);
            var events = opening();
            events.add(
                    new Event.Prompted(
                            setup.ids().get(),
                            transcript.state().turn().number() + 1,
                            List.of(new ContentBlock.Text("Call " + tool)),
                            "call"));
            events.add(
                    new Event.Replied(
                            "call",
                            "none",
                            List.of(use),
                            StopReason.TOOL_USE,
                            null,
                            Usage.NONE,
                            0,
                            null,
                            Duration.ZERO));
            transcript.append(events.toArray(Event[]::new));
            dispatcher.run(transcript.state().pending());
            transcript.append(
                    new Event.TurnEnded(
                            transcript.state().turn().number(),
                            new Outcome.Completed("", StopReason.TOOL_USE),
                            Meter.NOTHING));
        } finally {
            lock.unlock();
        }
        return transcript.after(0).reversed().stream()
                .map(entry -> entry.event())
                .filter(Event.ToolFinished.class::isInstance)
                .map(Event.ToolFinished.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void tell(HookEvent event) {
        if (hooks.none()) {
            return;
        }
        try {
            var said = hooks.run(event);
            var events = new ArrayList<>(said.events());
            if (said.outcome().context() != null) {
                events.add(
                        new Event.Noted(
                                Event.NoteKind.HOOK,
                                List.of(new ContentBlock.Text(said.outcome().context()))));
            }
            if (!events.isEmpty()) {
                events.addAll(0, opening());
                transcript.append(events.toArray(Event[]::new));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Interrupts what runs, waits for its end, and gives the session up. Prompts that still wait
    /// are kept in the transcript. Idempotent.
    @Override
    public void close() {
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
        } finally {
            lock.unlock();
        }
        waiting.values().forEach(prompt -> prompt.end(new Outcome.Interrupted("closed"), ""));
        try {
            tell(new HookEvent.SessionEnd(id.value(), "closed"));
            workplace.close();
        } finally {
            transcript.close();
        }
    }
}
