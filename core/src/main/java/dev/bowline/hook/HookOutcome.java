package dev.bowline.hook;

import dev.bowline.json.Json;
import org.jspecify.annotations.Nullable;

/// What a hook says. Where several hooks answer, the strictest ruling wins: refuse, then ask, then
/// allow, then none.
///
/// - `ruling`: for PreToolUse and PermissionRequest whether the call may run; for UserPromptSubmit
///   and Stop, REFUSE means "not accepted" and "go on working"
/// - `reason`: for the model when something is refused
/// - `updatedInput`: a new input for the call; it is checked again
/// - `updatedOutput`: replaces the text of a tool's result
/// - `context`: added to the conversation as a note
public record HookOutcome(
        Ruling ruling,
        @Nullable String reason,
        @Nullable Json updatedInput,
        @Nullable String updatedOutput,
        @Nullable String context) {
    /// Most lenient first.
    public enum Ruling {
        NONE,
        ALLOW,
        ASK,
        REFUSE
    }

    private static final HookOutcome NOTHING = new HookOutcome(Ruling.NONE, null, null, null, null);

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
        return new HookOutcome(Ruling.NONE, null, updated, null, null);
    }

    public static HookOutcome output(String updated) {
        return new HookOutcome(Ruling.NONE, null, null, updated, null);
    }

    public static HookOutcome context(String note) {
        return new HookOutcome(Ruling.NONE, null, null, null, note);
    }
}
