package dev.bowline.hook;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a hook says. Where several hooks answer, the strictest ruling wins: refuse, then defer,
/// then ask, then allow, then none.
///
/// - `ruling`: for PreToolUse and PermissionRequest whether the call may run; for UserPromptSubmit
///   and Stop, REFUSE means "not accepted" and "go on working"; for PostToolBatch it ends the turn;
///   for PreCompact nothing is summarised; for PreModelSwitch and ConfigChange nothing changes
/// - `reason`: for the model when something is refused
/// - `updatedInput`: a new input for the call; it is checked again
/// - `updatedOutput`: replaces the text of a tool's result
/// - `context`: added to the conversation as a note
/// - `stop`: why the turn ends here, or null. Calls that are under way still get their results; it
///   beats a Stop hook that wants more work, and says nothing where no turn runs or somebody is
///   asked
/// - `message`: shown to the user, not to the model
/// - `updates`: with ALLOW for PermissionRequest: what else may run from now on
/// - `interrupt`: with REFUSE for PermissionRequest: the turn ends as interrupted
/// - `retry`: for PermissionDenied: the model is told that it may try again
/// - `title`: for SessionStart and UserPromptSubmit: the session's title
/// - `variables`: for SessionStart, CwdChanged and FileChanged: what the session's later commands
///   find in their environment, beside or instead of what was there
/// - `later`: what the hook goes on doing, or null
///
/// Notes and messages longer than 10,000 characters are kept in a file, with their beginning shown.
public record HookOutcome(
        Ruling ruling,
        @Nullable String reason,
        @Nullable Json updatedInput,
        @Nullable String updatedOutput,
        @Nullable String context,
        @Nullable String stop,
        @Nullable String message,
        List<PermissionUpdate> updates,
        boolean interrupt,
        boolean retry,
        @Nullable String title,
        Map<String, String> variables,
        @Nullable Later later) {
    /// Most lenient first.
    public enum Ruling {
        NONE,
        ALLOW,
        ASK,
        /// Somebody decides later: the turn ends before the call. Only where the session lets
        /// others decide later and the reply has no other call; otherwise it asks.
        DEFER,
        REFUSE
    }

    /// A hook that goes on after its event: its notes and messages are delivered with the next
    /// request to the model, or dropped when the session is closed. Twenty at a time; what comes on
    /// top is interrupted at once.
    @FunctionalInterface
    public interface Later {
        /// Waits for the end on a thread of its own; interrupted when the session is closed. Only
        /// the note and the message of what it returns count.
        HookOutcome await() throws Exception;
    }

    private static final HookOutcome NOTHING = of(Ruling.NONE, null);

    public HookOutcome {
        updates = List.copyOf(updates);
        variables = Map.copyOf(variables);
    }

    private static HookOutcome of(Ruling ruling, @Nullable String reason) {
        return new HookOutcome(
                ruling, reason, null, null, null, null, null, List.of(), false, false, null,
                Map.of(), null);
    }

    public static HookOutcome none() {
        return NOTHING;
    }

    public static HookOutcome allow(String reason) {
        return of(Ruling.ALLOW, reason);
    }

    public static HookOutcome ask(String reason) {
        return of(Ruling.ASK, reason);
    }

    public static HookOutcome defer(String reason) {
        return of(Ruling.DEFER, reason);
    }

    public static HookOutcome refuse(String reason) {
        return of(Ruling.REFUSE, reason);
    }

    /// A reason without a ruling: why the hook said nothing.
    public static HookOutcome silent(String why) {
        return of(Ruling.NONE, why);
    }

    public static HookOutcome input(Json updated) {
        return NOTHING.withInput(updated);
    }

    public static HookOutcome output(String updated) {
        return NOTHING.withOutput(updated);
    }

    public static HookOutcome context(String note) {
        return NOTHING.withContext(note);
    }

    /// The turn ends here.
    public static HookOutcome stop(String reason) {
        return NOTHING.withStop(reason);
    }

    /// A word to the user.
    public static HookOutcome message(String text) {
        return NOTHING.withMessage(text);
    }

    /// It goes on by itself.
    public static HookOutcome later(Later rest) {
        return NOTHING.changed(it -> it.later = rest);
    }

    public HookOutcome withInput(@Nullable Json updated) {
        return changed(it -> it.input = updated);
    }

    public HookOutcome withOutput(@Nullable String updated) {
        return changed(it -> it.output = updated);
    }

    public HookOutcome withContext(@Nullable String note) {
        return changed(it -> it.context = note);
    }

    public HookOutcome withStop(@Nullable String why) {
        return changed(it -> it.stop = why);
    }

    public HookOutcome withMessage(@Nullable String text) {
        return changed(it -> it.message = text);
    }

    public HookOutcome withUpdates(List<PermissionUpdate> changes) {
        return changed(it -> it.updates = changes);
    }

    public HookOutcome withInterrupt(boolean whether) {
        return changed(it -> it.interrupt = whether);
    }

    public HookOutcome withRetry(boolean whether) {
        return changed(it -> it.retry = whether);
    }

    public HookOutcome withTitle(@Nullable String words) {
        return changed(it -> it.title = words);
    }

    public HookOutcome withVariables(Map<String, String> exported) {
        return changed(it -> it.variables = exported);
    }

    /// The same with each text that a person or the model reads put through `change`.
    public HookOutcome withTexts(UnaryOperator<String> change) {
        return changed(it -> {
            it.context = it.context == null ? null : change.apply(it.context);
            it.message = it.message == null ? null : change.apply(it.message);
        });
    }

    private HookOutcome changed(Change change) {
        var draft = new Draft(this);
        change.apply(draft);
        return new HookOutcome(
                ruling,
                reason,
                draft.input,
                draft.output,
                draft.context,
                draft.stop,
                draft.message,
                draft.updates,
                draft.interrupt,
                draft.retry,
                draft.title,
                draft.variables,
                draft.later);
    }

    private interface Change {
        void apply(Draft draft);
    }

    private static final class Draft {
        @Nullable Json input;
        @Nullable String output;
        @Nullable String context;
        @Nullable String stop;
        @Nullable String message;
        List<PermissionUpdate> updates;
        boolean interrupt;
        boolean retry;
        @Nullable String title;
        Map<String, String> variables;
        @Nullable Later later;

        Draft(HookOutcome from) {
            input = from.updatedInput;
            output = from.updatedOutput;
            context = from.context;
            stop = from.stop;
            message = from.message;
            updates = from.updates;
            interrupt = from.interrupt;
            retry = from.retry;
            title = from.title;
            variables = from.variables;
            later = from.later;
        }
    }
}
