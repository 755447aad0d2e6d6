package dev.bowline.hook;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook is told. Names are the field's (`PreToolUse` …). Not told by this version:
/// Notification, PreCompact, PostCompact, SubagentStart and SubagentStop.
public sealed interface HookEvent {
    String sessionId();

    /// `source`: `startup`, `resume` or `fork`.
    record SessionStart(String sessionId, String source) implements HookEvent {}

    /// `reason`: `closed`.
    record SessionEnd(String sessionId, String reason) implements HookEvent {}

    /// A prompt has been checked and is about to become part of the session.
    record UserPromptSubmit(String sessionId, String prompt) implements HookEvent {}

    record PreToolUse(String sessionId, String toolUseId, String tool, Json input)
            implements HookEvent {}

    /// `took` is how long the tool itself ran.
    record PostToolUse(
            String sessionId,
            String toolUseId,
            String tool,
            Json input,
            String output,
            @Nullable Json structured,
            Duration took)
            implements HookEvent {}

    /// `took` is how long the tool itself ran.
    record PostToolUseFailure(
            String sessionId,
            String toolUseId,
            String tool,
            Json input,
            String error,
            Duration took)
            implements HookEvent {}

    /// All calls of one reply have their results; `calls` in the order of the results.
    record PostToolBatch(String sessionId, List<Called> calls) implements HookEvent {
        public PostToolBatch {
            calls = List.copyOf(calls);
        }
    }

    /// A call with its result; `structured` is the result for programs, or null.
    record Called(
            String toolUseId, String tool, Json input, String output, @Nullable Json structured) {}

    /// Somebody is about to be asked, or nobody can be. `suggestions` would make calls like this
    /// run without asking.
    record PermissionRequested(
            String sessionId,
            String toolUseId,
            String tool,
            Json input,
            String reason,
            List<PermissionUpdate> suggestions)
            implements HookEvent {
        public PermissionRequested {
            suggestions = List.copyOf(suggestions);
        }
    }

    record PermissionDenied(
            String sessionId, String toolUseId, String tool, Json input, String reason)
            implements HookEvent {}

    /// The model has nothing more to do. `continued` tells that a hook made it go on before.
    record Stop(String sessionId, boolean continued, String lastText) implements HookEvent {}

    record StopFailure(String sessionId, String code, String message) implements HookEvent {}

    /// The user is told something; `type` says what kind of thing.
    record Notification(String sessionId, String message, @Nullable String title, String type)
            implements HookEvent {}

    /// The history is about to be shortened. `trigger`: `manual` or `auto`; `instructions` for the
    /// summary, or null.
    record PreCompact(String sessionId, String trigger, @Nullable String instructions)
            implements HookEvent {}

    record PostCompact(String sessionId, String trigger, String summary) implements HookEvent {}

    record SubagentStart(String sessionId, String agentId, String agentType) implements HookEvent {}

    /// A subagent has nothing more to do. `transcript` is the path of its own one, "" if it has
    /// none.
    record SubagentStop(
            String sessionId,
            String agentId,
            String agentType,
            boolean continued,
            String lastText,
            String transcript)
            implements HookEvent {}

    /// The event's name in the field's spelling.
    default String name() {
        return this instanceof PermissionRequested
                ? "PermissionRequest"
                : getClass().getSimpleName();
    }

    /// What matchers look at: the tool, the source, the trigger …; null for events that matchers
    /// say nothing about.
    default @Nullable String subject() {
        return switch (this) {
            case SessionStart e -> e.source();
            case SessionEnd e -> e.reason();
            case PreToolUse e -> e.tool();
            case PostToolUse e -> e.tool();
            case PostToolUseFailure e -> e.tool();
            case PermissionRequested e -> e.tool();
            case PermissionDenied e -> e.tool();
            case StopFailure e -> e.code();
            case Notification e -> e.type();
            case PreCompact e -> e.trigger();
            case PostCompact e -> e.trigger();
            case SubagentStart e -> e.agentType();
            case SubagentStop e -> e.agentType();
            case UserPromptSubmit e -> null;
            case PostToolBatch e -> null;
            case Stop e -> null;
        };
    }
}
