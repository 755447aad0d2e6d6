package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What hooks hear of the calls of a reply, and what becomes of what they say.
final class CallHooks {
    private final Hooks hooks;
    private final Permissions permissions;
    private final Recorder recorder;
    private final Secrets secrets;
    private final String sessionId;
    private @Nullable Outcome stopped;
    private boolean mayDefer;
    private String lastDirectory;

    /// @param directory where the session works
    CallHooks(
            Hooks hooks,
            Permissions permissions,
            Recorder recorder,
            Secrets secrets,
            String sessionId,
            String directory) {
        this.hooks = hooks;
        this.permissions = permissions;
        this.recorder = recorder;
        this.secrets = secrets;
        this.sessionId = sessionId;
        this.lastDirectory = directory;
    }

    /// The calls of another reply.
    ///
    /// @param mayDefer whether a call may be put off to the next turn
    void begin(boolean mayDefer) {
        this.mayDefer = mayDefer;
        stopped = null;
    }

    /// How the turn ends after these calls, if a hook wants that; the first one counts.
    @Nullable Outcome stopped() {
        return stopped;
    }

    /// `PreToolUse`: may refuse a call, put it off, change its input or rule on its permission.
    ///
    /// @param replaced takes an input that has changed
    void before(Call call, BiConsumer<Call, Json> replaced) throws InterruptedException {
        if (hooks.none()) {
            return;
        }
        var event = new HookEvent.PreToolUse(sessionId, call.use().id(), call.name(), call.input);
        var said = hooks.run(event, touched(call));
        heed(said, event);
        if (said.refused()) {
            refuse(call, said.reason(), HookWords.denial(event, said.reason()));
            return;
        }
        var ruling = said.outcome().ruling();
        if (ruling == Ruling.DEFER && mayDefer) {
            call.ending = new Outcome.Deferred(call.use().id(), call.name(), call.use().input());
            return;
        }
        if (said.outcome().updatedInput() != null) {
            call.hookInput = true;
            replaced.accept(call, said.outcome().updatedInput());
        }
        call.hookRuling = ruling == Ruling.DEFER ? Ruling.ASK : ruling;
        call.hookReason = said.outcome().reason();
    }

    private void refuse(Call call, String reason, String message) throws InterruptedException {
        recorder.record(
                new Event.PermissionDecided(
                        call.use().id(), new Decision.Deny(reason, message), "hook"));
        call.answer = ToolResult.failure(ErrorCode.PERMISSION_DENIED, message);
        denied(call, reason);
    }

    /// `PermissionDenied`: a call was refused, whoever did it.
    void denied(Call call, String reason) throws InterruptedException {
        if (hooks.none()) {
            return;
        }
        var event =
                new HookEvent.PermissionDenied(
                        sessionId, call.use().id(), call.name(), call.input, reason);
        var said = hooks.run(event, touched(call));
        record(said);
        if (said.outcome().retry()) {
            recorder.note(
                    HookWords.reminder(
                            "A hook says that this call of "
                                    + call.name()
                                    + " may be tried again."));
        }
    }

    /// `PostToolUse`: may replace what the model reads of a result.
    ToolResult after(Call call, ToolResult result, Duration took) throws InterruptedException {
        if (hooks.none()) {
            return result;
        }
        var event = afterEvent(call, result, took);
        var said = hooks.run(event, touched(call));
        heed(said, event);
        if (said.refused()) {
            recorder.note(HookWords.blocked(event, said.reason()));
        }
        var text = said.outcome().updatedOutput();
        return text == null ? result : replaced(result, text);
    }

    private HookEvent afterEvent(Call call, ToolResult result, Duration took) {
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

    /// `CwdChanged`, when a command has gone elsewhere.
    void directory(Workplace workplace) throws InterruptedException {
        var now = workplace.directory().toString();
        var before = lastDirectory;
        lastDirectory = now;
        if (!now.equals(before) && !hooks.none()) {
            var event = new HookEvent.CwdChanged(sessionId, before, now);
            var said = hooks.run(event);
            workplace.export(said.outcome().variables());
            heed(said, event);
        }
    }

    /// `PostToolBatch`: all calls have their results.
    void batch(List<HookEvent.Called> calls) throws InterruptedException {
        if (hooks.none()) {
            return;
        }
        var event = new HookEvent.PostToolBatch(sessionId, calls);
        var said = hooks.run(event);
        heed(said, event);
        if (said.refused() && stopped == null) {
            stopped = new Outcome.Stopped(event.name(), said.reason(), "");
        }
    }

    /// Whether a permission rule is about a call.
    private Predicate<String> touched(Call call) {
        return rule -> permissions.touches(call, rule);
    }

    /// Puts on record what hooks said; the turn ends after these calls if they want that.
    private void heed(Hooks.Said said, HookEvent event) {
        record(said);
        var stop = said.outcome().stop();
        if (stop != null && stopped == null) {
            stopped = new Outcome.Stopped(event.name(), stop, "");
        }
    }

    private void record(Hooks.Said said) {
        recorder.recordAll(said.events());
        var context = said.outcome().context();
        recorder.note(context == null ? null : secrets.hidden(context));
    }
}
