package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.message.ContentBlock;
import dev.bowline.model.ModelException;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.PendingCall;
import dev.bowline.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One turn: ask what is next, do it, record it, until there is nothing to do. Every way out leaves
/// exactly one [Event.TurnEnded].
final class AgentLoop {
    private final Setup setup;
    private final Transcript transcript;
    private final Recorder recorder;
    private final ToolDispatcher dispatcher;
    private final Hooks hooks;
    private final PromptHooks prompts;
    private final ModelCalls calls;
    private final String sessionId;
    private Meter meter;
    private boolean joinsAtOnce;

    AgentLoop(
            Setup setup,
            Transcript transcript,
            Recorder recorder,
            ToolDispatcher dispatcher,
            Hooks hooks,
            String sessionId,
            ModelCalls calls) {
        this.setup = setup;
        this.transcript = transcript;
        this.recorder = recorder;
        this.dispatcher = dispatcher;
        this.hooks = hooks;
        this.prompts = new PromptHooks(hooks, sessionId);
        this.sessionId = sessionId;
        this.calls = calls;
        this.meter = new Meter(setup.time(), 0);
    }

    /// Ends the open turn before anything was done in it.
    Outcome stop(long validated, Outcome outcome) {
        meter = new Meter(setup.time(), validated);
        return end(outcome);
    }

    /// Runs the open turn to its end. `validated` is how long checking its prompt took, in
    /// nanoseconds; `queued` whether its prompt had to wait.
    Outcome run(long validated, boolean queued, TurnControl control) {
        joinsAtOnce = queued;
        meter = new Meter(setup.time(), validated);
        try {
            return steps(control);
        } catch (InterruptedException e) {
            return interrupted(control.interruptedBy());
        } catch (ModelException e) {
            return end(
                    new Outcome.Failed(
                            e.code().wire(), String.valueOf(e.getMessage()), e.status()));
        } catch (BowlineException e) {
            return e.code() == ErrorCode.BUDGET_EXHAUSTED
                    ? end(
                            new Outcome.LimitReached(
                                    Outcome.Limit.BUDGET, String.valueOf(e.getMessage())))
                    : end(new Outcome.Failed(e.code().wire(), String.valueOf(e.getMessage()), 0));
        } catch (RuntimeException | Error e) {
            return end(
                    new Outcome.Failed(
                            ErrorCode.INTERNAL.wire(),
                            "the turn failed with " + e + "; this is a defect, please report it",
                            0));
        }
    }

    private Outcome steps(TurnControl control) throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var step = timedOut().orElseGet(() -> Step.after(transcript.state(), setup.limits()));
            switch (step) {
                case Step.Idle idle -> throw new IllegalStateException("no turn is open");
                case Step.CallModel call -> {
                    var stopped = joinWaitingPrompts(control);
                    if (stopped.isPresent()) {
                        return end(stopped.get());
                    }
                    tellOfTasks();
                    recorder.recordAll(hooks.late());
                    calls.next(meter);
                }
                case Step.RunTools(var pending) -> {
                    var ending = runTools(pending);
                    if (ending.isPresent()) {
                        return ending.get() instanceof Outcome.Interrupted(String by)
                                ? interrupted(by)
                                : end(ending.get());
                    }
                }
                case Step.GoOn more ->
                        note(
                                Event.NoteKind.CONTINUE,
                                "Your answer was cut by its length limit. Go on exactly where it stopped, without repeating or apologising.");
                case Step.Nudge empty ->
                        note(
                                Event.NoteKind.CONTINUE,
                                "Your answer was empty. If you have finished, say so in a sentence; otherwise go on.");
                case Step.AskForOutput missing ->
                        note(Event.NoteKind.OUTPUT_MISSING, StructuredOutput.REMINDER);
                case Step.End(Outcome outcome) -> {
                    var ending = askStopHooks(outcome);
                    if (ending.isPresent()) {
                        return end(ending.get());
                    }
                }
            }
        }
    }

    private Optional<Outcome> runTools(List<PendingCall> pending) throws InterruptedException {
        long began = setup.time().nanos();
        var ending = dispatcher.run(pending, true);
        meter.tools(setup.time().nanos() - began, pending.size());
        return ending;
    }

    private Optional<Step> timedOut() {
        var limit = setup.limits().turnTimeout();
        return limit != null && meter.total().compareTo(limit) > 0
                ? Optional.of(
                        new Step.End(
                                new Outcome.LimitReached(
                                        Outcome.Limit.TIME,
                                        "The turn took longer than its limit of "
                                                + limit.toSeconds()
                                                + " s; raise turnTimeout to let it go on")))
                : Optional.empty();
    }

    /// Gives stop hooks their say; how the turn ends, unless they want more.
    private Optional<Outcome> askStopHooks(Outcome outcome) throws InterruptedException {
        if (hooks.none() || !(outcome instanceof Outcome.Completed completed)) {
            return Optional.of(outcome);
        }
        int blocks = transcript.state().turn().stopBlocks();
        var said = hooks.run(new HookEvent.Stop(sessionId, blocks > 0, completed.text()));
        recorder.recordAll(said.events());
        var stop = said.outcome().stop();
        if (stop != null) {
            return Optional.of(new Outcome.Stopped("Stop", stop, completed.text()));
        }
        var more = said.refused() ? HookWords.feedback(said.reason()) : said.outcome().context();
        if (more == null || more.isBlank() || blocks >= Limits.STOP_BLOCKS) {
            return Optional.of(outcome);
        }
        note(Event.NoteKind.STOP_HOOK, more);
        return Optional.empty();
    }

    private void note(Event.NoteKind kind, String text) {
        recorder.record(new Event.Noted(kind, List.of(new ContentBlock.Text(text))));
    }

    /// Prompts that came while the turn ran and want to be part of it, as far as hooks accept them;
    /// how the turn ends if a hook wants that. A turn that was begun by the caller answers its own
    /// prompt first; one that was taken from the queue takes along what waits there with it.
    private Optional<Outcome> joinWaitingPrompts(TurnControl control) throws InterruptedException {
        var stopped = Optional.<Outcome>empty();
        var state = transcript.state();
        if (state.turn().replies() == 0 && !joinsAtOnce) {
            return stopped;
        }
        for (var waiting : state.queue()) {
            if (!waiting.priority().equals("later") && stopped.isEmpty()) {
                stopped = join(waiting, state.turn().number(), control);
            }
        }
        return stopped;
    }

    private Optional<Outcome> join(Event.Queued waiting, int turn, TurnControl control)
            throws InterruptedException {
        var said = prompts.ask(waiting.content());
        var id = waiting.promptId();
        if (said.refused()) {
            if (recorder.recordIf(now -> now.waits(id), PromptHooks.refused(id, said))) {
                control.refused(id, PromptHooks.failed(PromptHooks.refusal(said)));
            }
            return Optional.empty();
        }
        boolean joined =
                recorder.recordIf(
                        now -> now.waits(id),
                        PromptHooks.accepted(
                                new Event.Prompted(id, turn, waiting.content(), "joined"), said));
        return joined
                ? Optional.ofNullable(said.outcome().stop()).map(PromptHooks::stopped)
                : Optional.empty();
    }

    /// Tasks that have ended since the model was asked last.
    private void tellOfTasks() {
        for (var ended : transcript.state().untold()) {
            recorder.record(new Event.Noted(Event.NoteKind.TASK, TaskNotice.content(ended)));
        }
    }

    private Outcome interrupted(String by) {
        var cut = calls.interrupted();
        var closing = new ArrayList<Event>(cut.events());
        closing.addAll(
                Closing.pending(
                        transcript.state(),
                        "[Request interrupted by user for tool use]",
                        ErrorCode.TOOL_INTERRUPTED));
        boolean inTool = by.equals(Permissions.REFUSAL) || !transcript.state().pending().isEmpty();
        closing.add(
                new Event.Noted(
                        Event.NoteKind.INTERRUPTED,
                        List.of(
                                new ContentBlock.Text(
                                        inTool
                                                ? "[Request interrupted by user for tool use]"
                                                : "[Request interrupted by user]"))));
        return end(new Outcome.Interrupted(by), cut.entry(), closing);
    }

    private Outcome end(Outcome outcome) {
        var closing = new ArrayList<Event>(calls.lost());
        if (!(outcome instanceof Outcome.Deferred)) {
            closing.addAll(Closing.unfinished(transcript.state(), "The turn"));
        }
        return end(outcome, setup.ids().get(), closing);
    }

    private Outcome end(Outcome outcome, UUID first, List<Event> closing) {
        closing.add(
                new Event.TurnEnded(transcript.state().turn().number(), outcome, meter.figures()));
        try {
            recorder.recordAs(first, closing);
        } catch (BowlineException e) {
            return new Outcome.Failed(e.code().wire(), String.valueOf(e.getMessage()), 0);
        } catch (IllegalStateException e) {
            if (transcript.state().turn().open()) {
                throw e;
            }
            // the end is on record; only the listener has failed to take it
        }
        return outcome;
    }
}
