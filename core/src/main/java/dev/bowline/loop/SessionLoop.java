package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelRequest;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Tasks;
import dev.bowline.transcript.Approval;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// One open session at work: takes prompts in, runs their turns one after another on one virtual
/// thread, and stops when asked to.
public final class SessionLoop implements AutoCloseable {
    private final SessionId id;
    private final Setup setup;
    private final Tuning tuning;
    private final TurnEngine engine;
    private final MessageProcessor processor;
    private final Schedule schedule;
    private final Admission admission;
    private final TurnWorker worker;
    private final Rewinding rewinding;

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
        this.schedule = new Schedule(id, setup.threads(), engine.transcript()::state);
        this.admission = new Admission(schedule, engine, setup.time());
        this.worker = new TurnWorker(schedule, admission, engine);
        this.rewinding = new Rewinding(id, engine);
        engine.tell(new HookEvent.SessionStart(id.value(), source));
    }

    public Transcript transcript() {
        return engine.transcript();
    }

    public Tuning tuning() {
        return tuning;
    }

    /// Commands that tools start from now on get these variables.
    public void environment(Map<String, String> variables) {
        engine.environment(variables);
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
        try (var _ = schedule.holdOpen()) {
            if (schedule.working() || !state().queue().isEmpty()) {
                queue(prompt, checked, priority);
                return prompt;
            }
            var wanted = new Waiting.Wanted(checked, source, false);
            prompt.wants(wanted);
            if (!asks) {
                admission.begin(prompt, wanted, Hooks.NOTHING);
            }
            schedule.start(prompt, worker);
        }
        return admission.await(prompt);
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
        schedule.add(prompt);
        if (!schedule.working()) {
            engine.settle();
            schedule.start(null, worker);
        } else if (priority.equals("now") && schedule.inTurn()) {
            interrupt("user");
        }
    }

    /// The questions of permission so far.
    public List<Approval> approvals() {
        try (var _ = schedule.hold()) {
            if (!schedule.closed()) {
                engine.approvals().collect();
            }
        }
        return engine.approvals().all();
    }

    /// Answers an open question.
    ///
    /// @throws BowlineException `approval_unknown`, `approval_closed`
    public Approval answer(String toolUseId, Decision decision, String by) {
        try (var _ = schedule.holdOpen()) {
            return engine.approvals().give(toolUseId, decision, by);
        }
    }

    /// Goes on with a turn that an earlier process left open, with the prompts that wait, or with a
    /// call that was put off; nothing if there is none of them, or the call still waits for an
    /// answer that nobody gives now.
    public Optional<Waiting> proceed(Consumer<? super Update> listener) {
        try (var _ = schedule.holdOpen()) {
            if (schedule.working()) {
                return Optional.empty();
            }
            engine.approvals().collect();
            var state = state();
            if (state.turn().open()) {
                var turn = new Waiting(UUID.randomUUID(), listener);
                schedule.start(turn, worker);
                return Optional.of(turn);
            }
            if (state.queue().isEmpty() && mayGoOn(state)) {
                var turn = new Waiting(setup.ids().get(), listener);
                engine.begin(
                        turn,
                        new Waiting.Wanted(List.of(), Event.APPROVAL_SOURCE, false),
                        Hooks.NOTHING);
                schedule.start(turn, worker);
                return Optional.of(turn);
            }
            var prompt =
                    Schedule.mostUrgent(state)
                            .map(queued -> new Waiting(queued.promptId(), listener));
            prompt.ifPresent(first -> {
                schedule.add(first);
                schedule.start(null, worker);
            });
            return prompt;
        }
    }

    private boolean mayGoOn(SessionState state) {
        var approver = setup.approver();
        return state.putOff()
                && (state.asked().isEmpty()
                        || !approver.equals(Approver.later()) && !approver.equals(Approver.NOBODY));
    }

    /// Begins a turn that tells the model of a task which has ended by itself; nothing while a turn
    /// runs or prompts wait, since that turn tells of it, and when there is no such news.
    public Optional<Waiting> news(Consumer<? super Update> listener) {
        try (var _ = schedule.holdOpen()) {
            var state = state();
            boolean idle = !schedule.working() && state.queue().isEmpty() && !state.turn().open();
            if (!idle || state.untold().stream().allMatch(SessionLoop::wasStopped)) {
                return Optional.empty();
            }
            var prompt = new Waiting(setup.ids().get(), listener);
            var news = TaskNotice.content(state.untold().getFirst());
            engine.begin(prompt, new Waiting.Wanted(news, Event.TASK_SOURCE, false), Hooks.NOTHING);
            schedule.start(prompt, worker);
            return Optional.of(prompt);
        }
    }

    /// Whoever stopped a task need not hear of it at once.
    private static boolean wasStopped(Event.TaskEnded ended) {
        return ended.status().equals("stopped");
    }

    public Tasks tasks() {
        return engine.tasks();
    }

    /// Lets the model summarise what was said; from then on the summary is what it sees of that.
    /// Prompts that come meanwhile wait.
    ///
    /// @throws IllegalStateException while a turn runs
    /// @throws BowlineException when there is nothing to summarise, or the model gives no summary
    public Event.Compacted compact(String focus, Consumer<? super Update> listener)
            throws InterruptedException {
        var job = new Compacting(focus, new Waiting(UUID.randomUUID(), listener));
        try (var _ = schedule.holdOpen()) {
            schedule.refuseIfWorking("wait for its turn to end before compacting");
            refuseIfPutOff();
            engine.settle();
            schedule.start(job.waiting, () -> worker.run(job));
        }
        return job.result(() -> interrupt("user"));
    }

    /// A result must not come after the summary of its call.
    private void refuseIfPutOff() {
        if (state().putOff()) {
            throw new BowlineException(
                    ErrorCode.COMPACTION_FAILED,
                    "a call was put off and has no result yet; go on with it before compacting");
        }
    }

    /// Stops the running turn, if there is one. The prompts that wait go on.
    public boolean interrupt(String by) {
        return schedule.interrupt(by);
    }

    /// Withdraws a prompt that still waits.
    public boolean withdraw(UUID promptId) {
        try (var _ = schedule.hold()) {
            var gone =
                    engine.transcript()
                            .appendIf(now -> now.waits(promptId), new Event.Unqueued(promptId));
            if (gone.isEmpty()) {
                return false;
            }
            schedule.remove(promptId)
                    .ifPresent(prompt -> prompt.end(new Outcome.Interrupted("user"), ""));
            return true;
        }
    }

    /// Records a change that is no part of a turn: model, mode, title, tag. Hooks may refuse
    /// another model.
    ///
    /// @throws BowlineException `model_switch_refused`
    public void change(Event event) {
        var switched = engine.models().begins(event);
        try (var _ = schedule.holdOpen()) {
            engine.record(List.of(event));
        }
        switched.ifPresent(engine.models()::ended);
    }

    /// Adds what the user says, without asking the model; a turn that runs sees it with its next
    /// call.
    public void note(UUID entry, List<ContentBlock> content) {
        var checked = processor.check(content);
        try (var _ = schedule.holdOpen()) {
            engine.note(entry, checked);
        }
    }

    /// Changes what may run, from the next call on.
    public void apply(PermissionUpdate update) {
        try (var _ = schedule.holdOpen()) {
            engine.apply(update);
        }
        engine.keep(update);
    }

    /// Goes back to just after entry `to`; what came later no longer counts.
    ///
    /// @throws IllegalStateException while a turn runs
    /// @throws IllegalArgumentException when there is no such entry, or a call would lose its
    ///   result there
    public void rewind(long to) {
        try (var _ = schedule.holdOpen()) {
            schedule.refuseIfWorking("interrupt it before rewinding");
            rewinding.to(to);
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
        try (var _ = schedule.holdOpen()) {
            schedule.refuseIfWorking("interrupt it before rewinding");
            rewinding.to(at);
        }
    }

    /// Runs one call through all stages, in a turn of its own, on the calling thread. Only for a
    /// session that does nothing else.
    public Event.ToolFinished call(String tool, Json input) throws InterruptedException {
        schedule.refuseIfClosed();
        return engine.call(tool, input);
    }

    @Override
    public void close() {
        close("closed");
    }

    /// Interrupts what runs, waits for its end, and gives the session up. Prompts that still wait
    /// are kept in the transcript. Hooks hear the reason. Idempotent.
    public void close(String reason) {
        schedule.close()
                .ifPresent(left -> {
                    left.forEach(prompt -> prompt.end(new Outcome.Interrupted("closed"), ""));
                    engine.close(reason);
                });
    }
}
