package dev.bowline.hook;

import dev.bowline.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook is told. Names are the field's (`PreToolUse` …).
public sealed interface HookEvent {
    String sessionId();

    /// `source`: `startup`, `resume` or `fork`.
    record SessionStart(String sessionId, String source) implements HookEvent {}

    /// `reason`: `closed` or `idle`.
    record SessionEnd(String sessionId, String reason) implements HookEvent {}

    /// A prompt has been checked and is about to become part of the session.
    record UserPromptSubmit(String sessionId, String prompt) implements HookEvent {}

    record PreToolUse(String sessionId, String toolUseId, String tool, Json input)
            implements HookEvent {}

    record PostToolUse(
            String sessionId,
            String toolUseId,
            String tool,
            Json input,
            String output,
            @Nullable Json structured)
            implements HookEvent {}

    record PostToolUseFailure(
            String sessionId, String toolUseId, String tool, Json input, String error)
            implements HookEvent {}

    /// All calls of one reply have their results. `tools` are their names in order.
    record PostToolBatch(String sessionId, List<String> tools) implements HookEvent {}

    /// Somebody is about to be asked.
    record PermissionRequested(
            String sessionId, String toolUseId, String tool, Json input, String reason)
            implements HookEvent {}

    record PermissionDenied(
            String sessionId, String toolUseId, String tool, Json input, String reason)
            implements HookEvent {}

    /// The model has nothing more to do. `continued` tells that a hook made it go on before.
    record Stop(String sessionId, boolean continued, String lastText) implements HookEvent {}

    record StopFailure(String sessionId, String code, String message) implements HookEvent {}

    /// The event's name in the field's spelling.
    default String name() {
        return this instanceof PermissionRequested
                ? "PermissionRequest"
                : getClass().getSimpleName();
    }
}
