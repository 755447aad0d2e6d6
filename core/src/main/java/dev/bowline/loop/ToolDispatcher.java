package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Interceptor;
import dev.bowline.tool.SchemaCheck;
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
import java.util.function.Predicate;
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
    private final List<Interceptor> interceptors;
    private final Hooks hooks;
    private final Permissions permissions;
    private final Workplace workplace;
    private final ToolRunner runner;
    private final ResultTrimmer trimmer;
    private final Recorder recorder;
    private final Checkpoints checkpoints;
    private final Strangers strangers;
    private final Secrets secrets;
    private final String sessionId;
    private final List<HookEvent.Called> finished = new ArrayList<>();
    private @Nullable Outcome ending;
    private @Nullable Outcome stopped;
    private boolean mayDefer;
    private boolean mayWait;
    private String lastDirectory;

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
        this.interceptors = setup.interceptors();
        this.hooks = hooks;
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
        this.sessionId = sessionId;
        this.lastDirectory = workplace.directory().toString();
    }

    /// Runs the calls: neighbours that only read together, all others one by one. How the turn ends
    /// after them, if it has to.
    ///
    /// @param goesOn whether there will be another turn, so that a call may be put off
    Optional<Outcome> run(List<PendingCall> calls, boolean goesOn) throws InterruptedException {
        mayDefer = goesOn && calls.size() == 1;
        mayWait = goesOn;
        ending = null;
        stopped = null;
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
            ending = ending == null ? stopped : ending;
            next = end;
        }
        if (ending == null) {
            afterBatch();
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
        call.tool =
                registry.find(call.name())
                        .filter(tool -> !permissions.hides(tool.name()))
                        .orElse(null);
        if (call.tool == null) {
            var names =
                    registry.all().stream()
                            .map(tool -> tool.name())
                            .filter(name -> !permissions.hides(name))
                            .toList();
            call.answer =
                    problem(
                            ErrorCode.TOOL_UNKNOWN,
                            "No such tool available: "
                                    + call.name()
                                    + ". Available tools: "
                                    + String.join(", ", names));
        }
    }

    private void checkSchema(Call call) {
        if (call.input.asMap().containsKey("__unparsedToolInput")) {
            call.answer =
                    problem(
                            ErrorCode.TOOL_INPUT_INVALID,
                            "InputValidationError: the input of "
                                    + call.name()
                                    + " is not valid JSON; send one JSON object that fits the schema");
            return;
        }
        var checked = SchemaCheck.check(call.found().definition().inputSchema(), call.input);
        call.input = checked.input();
        if (!checked.problems().isEmpty()) {
            call.answer =
                    problem(
                            ErrorCode.TOOL_INPUT_INVALID,
                            "InputValidationError: "
                                    + call.name()
                                    + " failed because "
                                    + String.join("; ", checked.problems()));
        }
    }

    private void validate(Call call) {
        call.found()
                .validate(call.input, call.context)
                .ifPresent(wrong ->
                        call.answer =
                                problem(
                                        ErrorCode.TOOL_INPUT_INVALID,
                                        "InputValidationError: " + wrong));
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
        if (hooks.none()) {
            return;
        }
        var event = new HookEvent.PreToolUse(sessionId, call.use().id(), call.name(), call.input);
        var said = hooks.run(event, touched(call));
        heed(said, "PreToolUse");
        if (said.refused()) {
            denied(call, "hook", said.reason(), HookWords.denial(event, said.reason()));
            return;
        }
        if (said.outcome().ruling() == Ruling.DEFER && mayDefer) {
            call.ending = new Outcome.Deferred(call.use().id(), call.name(), call.use().input());
            return;
        }
        if (said.outcome().updatedInput() != null) {
            call.hookInput = true;
            replaceInput(call, said.outcome().updatedInput());
        }
        var ruling = said.outcome().ruling();
        call.hookRuling = ruling == Ruling.DEFER ? Ruling.ASK : ruling;
        call.hookReason = said.outcome().reason();
    }

    /// Whether a permission rule is about a call.
    private Predicate<String> touched(Call call) {
        return rule -> permissions.touches(call, rule);
    }

    /// Puts on record what hooks said; the turn ends after these calls if they want that.
    private void heed(Hooks.Said said, String event) {
        recorder.recordAll(said.events());
        var context = said.outcome().context();
        recorder.note(context == null ? null : secrets.hidden(context));
        var stop = said.outcome().stop();
        if (stop != null && stopped == null) {
            stopped = new Outcome.Stopped(event, stop, "");
        }
    }

    private void permit(Call call) throws InterruptedException {
        permissions.decide(call, this::replaceInput);
        if (call.answer != null) {
            announceDenial(call, call.answer.text());
        }
    }

    /// A new input is checked like the first one.
    private void replaceInput(Call call, Json input) {
        if (!input.equals(call.input)) {
            call.input = input;
            checkSchema(call);
            if (call.answer == null) {
                validate(call);
            }
        }
    }

    private void denied(Call call, String by, String reason, String message)
            throws InterruptedException {
        recorder.record(
                new Event.PermissionDecided(
                        call.use().id(),
                        new dev.bowline.permission.Decision.Deny(reason, message),
                        by));
        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, message);
        announceDenial(call, reason);
    }

    private void announceDenial(Call call, String reason) throws InterruptedException {
        if (!hooks.none()) {
            var event =
                    new HookEvent.PermissionDenied(
                            sessionId, call.use().id(), call.name(), call.input, reason);
            var said = hooks.run(event, touched(call));
            recorder.recordAll(said.events());
            var context = said.outcome().context();
            recorder.note(context == null ? null : secrets.hidden(context));
            if (said.outcome().retry()) {
                recorder.note(
                        HookWords.reminder(
                                "A hook says that this call of "
                                        + call.name()
                                        + " may be tried again."));
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
        tellOfDirectory();
    }

    /// A command may have gone elsewhere.
    private void tellOfDirectory() throws InterruptedException {
        var now = workplace.directory().toString();
        var before = lastDirectory;
        lastDirectory = now;
        if (!now.equals(before) && !hooks.none()) {
            var said = hooks.run(new HookEvent.CwdChanged(sessionId, before, now));
            workplace.export(said.outcome().variables());
            heed(said, "CwdChanged");
        }
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
        if (hooks.none()) {
            return result;
        }
        var event = after(call, result, took);
        var said = hooks.run(event, touched(call));
        heed(said, event.name());
        if (said.refused()) {
            recorder.note(HookWords.blocked(event, said.reason()));
        }
        return said.outcome().updatedOutput() == null
                ? result
                : replaced(result, said.outcome().updatedOutput());
    }

    private HookEvent after(Call call, ToolResult result, Duration took) {
        var id = call.use().id();
        return result.isError()
                ? new HookEvent.PostToolUseFailure(
                        sessionId, id, call.name(), call.input, result.text(), took)
                : new HookEvent.PostToolUse(
                        sessionId,
                        id,
                        call.name(),
                        call.input,
                        result.text(),
                        result.structured(),
                        took);
    }

    private static ToolResult replaced(ToolResult result, String text) {
        var content = List.<ContentBlock>of(new ContentBlock.Text(text));
        return switch (result) {
            case ToolResult.Success success ->
                    new ToolResult.Success(content, success.structured());
            case ToolResult.Failure failure ->
                    new ToolResult.Failure(failure.code(), content, failure.structured());
        };
    }

    private void afterBatch() throws InterruptedException {
        if (!hooks.none()) {
            var said = hooks.run(new HookEvent.PostToolBatch(sessionId, finished));
            heed(said, "PostToolBatch");
            if (said.refused() && stopped == null) {
                stopped = new Outcome.Stopped("PostToolBatch", said.reason(), "");
            }
            ending = stopped;
        }
    }

    private static ToolResult problem(ErrorCode code, String message) {
        return ToolResult.failure(code, "<tool_use_error>" + message + "</tool_use_error>");
    }
}
