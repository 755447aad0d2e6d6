package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Interceptor;
import dev.bowline.tool.ToolRegistry;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.PendingCall;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the calls of a reply through the stages. Every call gets exactly one result, whatever
/// happens. Stages run on the turn's thread; only running the tool itself happens elsewhere, in
/// parallel for tools that only read.
final class ToolDispatcher {
    /// One step of the way to running a call: may change the call or answer it.
    private interface Stage {
        void apply(Call call) throws InterruptedException;
    }

    private final List<Stage> stages =
            List.of(
                    this::settleAfterCrash,
                    this::find,
                    this::checkSchema,
                    this::validate,
                    this::intercept,
                    this::preToolUse,
                    this::permit);

    private final ToolRegistry registry;
    private final CallChecks checks;
    private final List<Interceptor> interceptors;
    private final CallHooks hooks;
    private final Permissions permissions;
    private final Workplace workplace;
    private final ToolRunner runner;
    private final ResultTrimmer trimmer;
    private final Recorder recorder;
    private final Checkpoints checkpoints;
    private final Strangers strangers;
    private final Secrets secrets;
    private final List<HookEvent.Called> finished = new ArrayList<>();
    private @Nullable Outcome ending;
    private boolean mayWait;

    ToolDispatcher(
            Setup setup,
            Hooks hooks,
            Permissions permissions,
            Workplace workplace,
            Recorder recorder,
            Checkpoints checkpoints,
            Strangers strangers,
            String sessionId) {
        this.registry = setup.tools();
        this.checks = new CallChecks(registry, permissions);
        this.interceptors = setup.interceptors();
        this.permissions = permissions;
        this.workplace = workplace;
        this.runner =
                new ToolRunner((call, elapsed) ->
                        recorder.show(new Update.Running(call.use().id(), call.name(), elapsed)));
        this.trimmer = new ResultTrimmer(setup.limits().resultLimit());
        this.recorder = recorder;
        this.checkpoints = checkpoints;
        this.strangers = strangers;
        this.secrets = new Secrets(setup.secrets());
        this.hooks =
                new CallHooks(
                        hooks,
                        permissions,
                        recorder,
                        secrets,
                        sessionId,
                        workplace.directory().toString());
    }

    /// Runs the calls: neighbours that only read together, all others one by one. How the turn ends
    /// after them, if it has to.
    ///
    /// @param goesOn whether there will be another turn, so that a call may be put off
    Optional<Outcome> run(List<PendingCall> calls, boolean goesOn) throws InterruptedException {
        hooks.begin(goesOn && calls.size() == 1);
        mayWait = goesOn;
        ending = null;
        finished.clear();
        int next = 0;
        while (next < calls.size() && ending == null) {
            int end = next + 1;
            if (reads(calls.get(next))) {
                while (end < calls.size() && reads(calls.get(end))) {
                    end++;
                }
            }
            group(calls.subList(next, end));
            ending = ending == null ? hooks.stopped() : ending;
            next = end;
        }
        if (ending == null) {
            hooks.batch(finished);
            ending = hooks.stopped();
        }
        return Optional.ofNullable(ending);
    }

    private boolean reads(PendingCall call) {
        return registry.find(call.use().name())
                .filter(tool -> tool.effect() == Effect.READ)
                .isPresent();
    }

    /// When somebody interrupts by refusing a call, none of those that are left runs; when one is
    /// put off, those before it do.
    private void group(List<PendingCall> pending) throws InterruptedException {
        var ready = new ArrayList<Call>();
        for (var one : pending) {
            var call = prepare(one);
            if (call.ending instanceof Outcome.Deferred) {
                ending = call.ending;
                break;
            }
            if (call.answer == null) {
                ready.add(call);
            } else {
                finish(call, new ToolRunner.Ran(call.answer, 0));
            }
            if (call.ending != null) {
                ending = call.ending;
                return;
            }
        }
        if (!ready.isEmpty()) {
            var events = new ArrayList<>(checkpoints.before(ready));
            events.addAll(strangers.before(ready));
            ready.forEach(call -> events.add(started(call)));
            recorder.recordAll(events);
            runner.run(ready, this::finish);
        }
    }

    private Event started(Call call) {
        return new Event.ToolStarted(
                call.use().id(), call.name(), call.found().effect(), call.input);
    }

    private Call prepare(PendingCall pending) throws InterruptedException {
        var context =
                workplace.context(
                        pending.use().id(),
                        text ->
                                recorder.progress(
                                        new Update.Progress(
                                                pending.use().id(),
                                                pending.use().name(),
                                                secrets.hidden(text))));
        var call = new Call(pending, context);
        call.mayWait = mayWait;
        for (var stage : stages) {
            try {
                stage.apply(call);
            } catch (RuntimeException e) {
                call.answer = ToolRunner.crashed(call.name(), e);
            }
            if (call.answer != null || call.ending != null) {
                break;
            }
        }
        return call;
    }

    private void settleAfterCrash(Call call) {
        var started = call.pending.started();
        if (started != null && started.effect() == Effect.WRITE) {
            call.answer =
                    ToolResult.failure(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "The process ended while this call of "
                                    + call.name()
                                    + " was running: it was interrupted and its outcome is unknown. "
                                    + "Look at what it has changed before you decide whether to call it again.");
        }
    }

    private void find(Call call) {
        checks.find(call);
    }

    private void checkSchema(Call call) {
        checks.schema(call);
    }

    private void validate(Call call) {
        checks.tool(call);
    }

    private void intercept(Call call) {
        for (var interceptor : interceptors) {
            switch (interceptor.before(call.name(), call.input, call.context)) {
                case Interceptor.Verdict.Proceed(Json input) -> replaceInput(call, input);
                case Interceptor.Verdict.Refuse(String message) ->
                        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, message);
            }
            if (call.answer != null) {
                return;
            }
        }
    }

    private void preToolUse(Call call) throws InterruptedException {
        hooks.before(call, this::replaceInput);
    }

    private void permit(Call call) throws InterruptedException {
        permissions.decide(call, this::replaceInput);
        if (call.answer != null) {
            hooks.denied(call, call.answer.text());
        }
    }

    /// A new input is checked like the first one.
    private void replaceInput(Call call, Json input) {
        if (!input.equals(call.input)) {
            call.input = input;
            checks.schema(call);
            if (call.answer == null) {
                checks.tool(call);
            }
        }
    }

    private void finish(Call call, ToolRunner.Ran ran) throws InterruptedException {
        var result = ran.result();
        if (call.tool != null && call.answer == null) {
            result = secrets.hidden(result);
            workplace.hide(secrets.kept(), call.use().id());
            result = afterwards(call, result, Duration.ofNanos(ran.nanos()));
            result = strangers.marked(call, secrets.hidden(result));
        }
        result = trimmer.trim(call.context, result);
        finished.add(
                new HookEvent.Called(
                        call.use().id(),
                        call.name(),
                        call.input,
                        result.text(),
                        result.structured()));
        recorder.finished(
                new Event.ToolFinished(
                        call.use().id(),
                        call.name(),
                        result.content(),
                        result instanceof ToolResult.Failure failure ? failure.code().wire() : null,
                        result.structured(),
                        Duration.ofNanos(ran.nanos())),
                workplace.directory(),
                workplace.takeMode());
        hooks.directory(workplace);
    }

    private ToolResult afterwards(Call call, ToolResult ran, Duration took)
            throws InterruptedException {
        var result = ran;
        for (var interceptor : interceptors.reversed()) {
            try {
                result = interceptor.after(call.name(), call.input, result, call.context);
            } catch (RuntimeException e) {
                result = ToolRunner.crashed(call.name(), e);
            }
        }
        return hooks.after(call, result, took);
    }
}
