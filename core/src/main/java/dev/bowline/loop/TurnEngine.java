package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Task;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Tasks;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a session needs to do a turn, put together: transcript, tools, hooks, permissions and the
/// loop. [SessionLoop] says when.
final class TurnEngine implements AutoCloseable {
    private final String id;
    private final Setup setup;
    private final Transcript transcript;
    private final Workplace workplace;
    private final Hooks hooks;
    private final PromptHooks prompts;
    private final Grants grants;
    private final Recorder recorder;
    private final Checkpoints checkpoints;
    private final ToolDispatcher dispatcher;
    private final Compactor compactor;
    private final ModelCalls calls;
    private final AgentLoop loop;
    private final ModelSwitch models;
    private final Approvals approvals;
    private volatile boolean queued;

    TurnEngine(String id, Setup setup, Tuning tuning, SessionStore.Log log) {
        this.id = id;
        this.setup = setup;
        this.transcript = new Transcript(log, setup.time(), setup.ids());
        this.grants = new Grants(setup, transcript::state);
        this.workplace = workplace();
        this.hooks = new Hooks(setup.hooks(), setup.time(), transcript::resultsDirectory);
        this.prompts = new PromptHooks(hooks, id);
        this.recorder = new Recorder(transcript);
        this.approvals = new Approvals(id, transcript);
        var question =
                new Question(hooks, setup.approver(), approvals, setup.limits(), setup.time());
        var permissions =
                new Permissions(grants, question, approvals, recorder, id, this::tellOfDirectories);
        this.models = new ModelSwitch(id, hooks, transcript::state, setup.modelName(), this::tell);
        this.checkpoints = new Checkpoints(setup.fileCheckpoints(), transcript);
        this.dispatcher =
                new ToolDispatcher(
                        setup,
                        hooks,
                        permissions,
                        workplace,
                        recorder,
                        checkpoints,
                        new Strangers(setup.boundary(), transcript::state),
                        id);
        var requests = new Requests(setup, permissions, tuning, id);
        this.compactor = new Compactor(setup, transcript, recorder, requests, hooks, id);
        this.calls = new ModelCalls(setup, transcript, recorder, requests, compactor);
        this.loop = new AgentLoop(setup, transcript, recorder, dispatcher, hooks, id, calls);
    }

    private Workplace workplace() {
        var stored = transcript.state().directory();
        var directory =
                stored.isEmpty() || !Files.isDirectory(Path.of(stored))
                        ? setup.directory()
                        : Path.of(stored);
        return new Workplace(
                id,
                setup.directory(),
                directory,
                grants::directories,
                setup.environment(),
                transcript::resultsDirectory,
                (file, root) -> grants.policy().mayFind(file, root),
                () -> grants.policy().mode().wire(),
                new Tasks(this::heard),
                setup.time());
    }

    /// What the model needs to hear is on record before anybody is told.
    private void heard(Task.News news) {
        try {
            if (news instanceof Task.Ended ended && ended.about().background() && !ended.known()) {
                record(List.of(TaskNotice.event(ended)));
            }
        } catch (BowlineException unrecorded) {
            // the model will not hear of it; those who follow do
        }
        transcript.show(new Update.Task(news));
    }

    void environment(Map<String, String> variables) {
        workplace.environment(variables);
    }

    Tasks tasks() {
        return workplace.tasks();
    }

    Transcript transcript() {
        return transcript;
    }

    Optional<ModelRequest> lastRequest() {
        return calls.lastRequest();
    }

    Approvals approvals() {
        return approvals;
    }

    ModelSwitch models() {
        return models;
    }

    PromptHooks prompts() {
        return prompts;
    }

    /// Lets an update of permissions hold from the next call on.
    void apply(PermissionUpdate update) {
        grants.apply(update, event -> record(List.of(event)));
        tellOfDirectories(update);
    }

    private void tellOfDirectories(PermissionUpdate update) {
        if (update instanceof PermissionUpdate.AddDirectories(var paths, var to)) {
            paths.forEach(path ->
                    tell(new HookEvent.DirectoryAdded(id, path.toString(), "slash_command")));
        }
    }

    /// Has it kept for later sessions, if it is meant to last.
    void keep(PermissionUpdate update) {
        grants.keep(update);
    }

    /// Records the prompt that begins a turn, with what hooks said about it.
    void begin(Waiting prompt, Waiting.Wanted wanted, Hooks.Said said) {
        queued = wanted.queued();
        int turn = transcript.state().turn().number() + 1;
        var events =
                PromptHooks.accepted(
                        new Event.Prompted(
                                prompt.promptId(), turn, wanted.content(), wanted.source()),
                        said);
        events.addAll(1, checkpoints.prompted(prompt.promptId()));
        prompt.begun(record(events), said.outcome().stop());
    }

    /// Adds what the user says without asking the model.
    void note(UUID entry, List<ContentBlock> content) {
        if (transcript.state().opened().isEmpty()) {
            record(List.of());
        }
        transcript.append(entry, List.of(new Event.Noted(Event.NoteKind.USER, content)));
    }

    private static Optional<Event> note(@Nullable String text) {
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text(text))));
    }

    /// Records events; the first ones of a session come after its opening.
    List<Entry> record(List<? extends Event> events) {
        var all = new ArrayList<Event>();
        if (transcript.state().opened().isEmpty()) {
            all.add(
                    new Event.Opened(
                            setup.directory().toString(),
                            setup.modelName(),
                            setup.mode().wire(),
                            setup.version(),
                            null));
        }
        all.addAll(events);
        return transcript.append(all.toArray(Event[]::new));
    }

    /// A turn that an earlier process left open is ended before a new one begins.
    void settle() {
        var state = transcript.state();
        if (state.turn().open()) {
            transcript.append(Closing.afterCrash(state).toArray(Event[]::new));
        }
    }

    boolean mayRead(Path file) {
        return grants.policy().mayRead(file);
    }

    <T> T shared(Class<T> type, Function<Path, T> create) {
        return workplace.state(type, create);
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /// Goes back to a place, and answers the calls that lose their result there.
    void cut(Position at) {
        var back = new Event.Rewound(at.number(), at.blocks());
        var state = transcript.state();
        var then =
                state.plus(
                        new Entry(state.number() + 1, UUID.randomUUID(), setup.time().now(), back));
        var events = new ArrayList<Event>();
        events.add(back);
        events.addAll(
                Closing.pending(
                        then,
                        "The call was interrupted: the conversation went back to before its result.",
                        ErrorCode.TOOL_INTERRUPTED));
        transcript.append(events.toArray(Event[]::new));
    }

    /// Runs the open turn to its end.
    Outcome run(Waiting turn, TurnControl control) {
        try {
            recorder.listener(turn.listener());
            turn.entries().forEach(turn.listener());
        } catch (RuntimeException | Error e) {
            return broken(e);
        }
        try {
            var outcome =
                    turn.stopped().isPresent()
                            ? loop.stop(turn.validated(), PromptHooks.stopped(turn.stopped().get()))
                            : loop.run(turn.validated(), queued, control);
            if (outcome instanceof Outcome.Failed failed) {
                tellOfFailure(failed);
            }
            return outcome;
        } catch (RuntimeException | Error e) {
            return broken(e);
        }
    }

    /// Summarises all that was said, outside of a turn.
    ///
    /// @throws BowlineException when the model gives no summary
    Event.Compacted compact(String focus, Waiting job) throws InterruptedException {
        recorder.listener(job.listener());
        return compactor.manual(focus);
    }

    /// A full disk, for one, must not keep a failed turn from ending.
    private void tellOfFailure(Outcome.Failed failed) {
        try {
            tell(new HookEvent.StopFailure(id, StopFailures.word(failed), failed.message()));
        } catch (BowlineException unrecorded) {
            // what the hook said is lost; how the turn ended is on record or told by settle()
        }
    }

    /// Whoever waits for a turn hears of its end, whatever has failed; what can't be recorded now
    /// is recorded before the next turn.
    private Outcome broken(Throwable why) {
        recorder.listener(update -> {});
        try {
            settle();
        } catch (RuntimeException unrecorded) {
            why.addSuppressed(unrecorded);
        }
        return new Outcome.Failed(
                ErrorCode.INTERNAL.wire(),
                "the turn failed with " + why + "; this is a defect, please report it",
                0);
    }

    /// Runs one call through all stages, in a turn of its own, on the calling thread.
    Event.ToolFinished call(String tool, Json input) throws InterruptedException {
        var use =
                new ContentBlock.ToolUse("call-" + (transcript.state().number() + 1), tool, input);
        int turn = transcript.state().turn().number() + 1;
        record(
                List.of(
                        new Event.Prompted(
                                UUID.randomUUID(),
                                turn,
                                List.of(new ContentBlock.Text("Call " + tool)),
                                "call"),
                        new Event.Replied(
                                "call",
                                "none",
                                List.of(use),
                                StopReason.TOOL_USE,
                                null,
                                Usage.NONE,
                                0,
                                null,
                                Duration.ZERO)));
        dispatcher.run(transcript.state().pending(), false);
        record(
                List.of(
                        new Event.TurnEnded(
                                turn,
                                new Outcome.Completed("", StopReason.TOOL_USE),
                                Meter.NOTHING)));
        return transcript.after(0).reversed().stream()
                .map(Entry::event)
                .filter(Event.ToolFinished.class::isInstance)
                .map(Event.ToolFinished.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// Lets hooks know of something that they can't change.
    void tell(HookEvent event) {
        if (hooks.none()) {
            return;
        }
        try {
            var said = hooks.run(event);
            workplace.export(said.outcome().variables());
            var events = new ArrayList<>(said.events());
            if (said.outcome().title() != null) {
                events.add(new Event.Renamed(said.outcome().title()));
            }
            note(said.outcome().context()).ifPresent(events::add);
            if (!events.isEmpty()) {
                record(events);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close("closed");
    }

    void close(String reason) {
        try {
            hooks.close();
            tell(new HookEvent.SessionEnd(id, reason));
        } finally {
            try {
                workplace.close();
                workplace.hide(new KeptOutput(setup.secrets()), "");
            } finally {
                transcript.close();
            }
        }
    }
}
