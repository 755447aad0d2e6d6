package dev.bowline.hook;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook says. Where several hooks answer, the strictest ruling wins: refuse, then ask, then
/// allow, then none.
///
/// - `ruling`: for PreToolUse and PermissionRequest whether the call may run; for UserPromptSubmit
///   and Stop, REFUSE means "not accepted" and "go on working"; for PostToolBatch it ends the turn
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
public record HookOutcome(
        Ruling ruling,
        @Nullable String reason,
        @Nullable Json updatedInput,
        @Nullable String updatedOutput,
        @Nullable String context,
        @Nullable String stop,
        @Nullable String message,
        List<PermissionUpdate> updates,
        boolean interrupt) {
    /// Most lenient first.
    public enum Ruling {
        NONE,
        ALLOW,
        ASK,
        REFUSE
    }

    private static final HookOutcome NOTHING = new HookOutcome(Ruling.NONE, null, null, null, null);

    public HookOutcome {
        updates = List.copyOf(updates);
    }

    public HookOutcome(
            Ruling ruling,
            @Nullable String reason,
            @Nullable Json updatedInput,
            @Nullable String updatedOutput,
            @Nullable String context) {
        this(ruling, reason, updatedInput, updatedOutput, context, null, null, List.of(), false);
    }

    public static HookOutcome none() {
        return NOTHING;
    }

    public static HookOutcome allow(String reason) {
        return new HookOutcome(Ruling.ALLOW, reason, null, null, null);
    }

    public static HookOutcome ask(String reason) {
        return new HookOutcome(Ruling.ASK, reason, null, null, null);
    }

    public static HookOutcome refuse(String reason) {
        return new HookOutcome(Ruling.REFUSE, reason, null, null, null);
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

    public HookOutcome withInput(@Nullable Json updated) {
        return new HookOutcome(
                ruling, reason, updated, updatedOutput, context, stop, message, updates, interrupt);
    }

    public HookOutcome withOutput(@Nullable String updated) {
        return new HookOutcome(
                ruling, reason, updatedInput, updated, context, stop, message, updates, interrupt);
    }

    public HookOutcome withContext(@Nullable String note) {
        return new HookOutcome(
                ruling,
                reason,
                updatedInput,
                updatedOutput,
                note,
                stop,
                message,
                updates,
                interrupt);
    }

    public HookOutcome withStop(@Nullable String why) {
        return new HookOutcome(
                ruling,
                reason,
                updatedInput,
                updatedOutput,
                context,
                why,
                message,
                updates,
                interrupt);
    }

    public HookOutcome withMessage(@Nullable String text) {
        return new HookOutcome(
                ruling,
                reason,
                updatedInput,
                updatedOutput,
                context,
                stop,
                text,
                updates,
                interrupt);
    }

    public HookOutcome withUpdates(List<PermissionUpdate> changes) {
        return new HookOutcome(
                ruling,
                reason,
                updatedInput,
                updatedOutput,
                context,
                stop,
                message,
                changes,
                interrupt);
    }

    public HookOutcome withInterrupt(boolean whether) {
        return new HookOutcome(
                ruling,
                reason,
                updatedInput,
                updatedOutput,
                context,
                stop,
                message,
                updates,
                whether);
    }
}
