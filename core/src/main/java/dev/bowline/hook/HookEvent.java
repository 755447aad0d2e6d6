package dev.bowline.hook;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a hook is told. Names are the field's (`PreToolUse` …). Not told by this version, since
/// nothing in it does such things yet: UserPromptExpansion, Setup, InstructionsLoaded, FileChanged,
/// MessageDisplay, and the events of subagents, teams, tasks, worktrees and elicitation.
public sealed interface HookEvent {
    String sessionId();

    /// `source`: `startup`, `resume`, `fork`, `clear` or `compact`.
    record SessionStart(String sessionId, String source) implements HookEvent {}

    /// `reason`: `closed` or `clear`.
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

    /// A command or a prompt of a server becomes a prompt. `kind`: `slash_command` or `mcp_prompt`.
    record UserPromptExpansion(
            String sessionId,
            String kind,
            String command,
            String arguments,
            @Nullable String source,
            String prompt)
            implements HookEvent {}

    /// The place is prepared. `trigger`: `init` or `maintenance`.
    record Setup(String sessionId, String trigger) implements HookEvent {}

    /// Another model is about to be used; `source` says who wants it.
    record PreModelSwitch(
            String sessionId,
            String from,
            String to,
            String requested,
            String source,
            long contextTokens)
            implements HookEvent {}

    record PostModelSwitch(
            String sessionId,
            String from,
            String to,
            String requested,
            String source,
            long contextTokens)
            implements HookEvent {}

    /// Settings are about to hold that have changed. `source`: `user_settings`, `project_settings`,
    /// `local_settings`, `policy_settings` or `skills`.
    record ConfigChange(String sessionId, String source, @Nullable String file)
            implements HookEvent {}

    record InstructionsLoaded(String sessionId, String file, String memoryType, String loadReason)
            implements HookEvent {}

    /// A command has changed the directory that the session works in.
    record CwdChanged(String sessionId, String oldDirectory, String newDirectory)
            implements HookEvent {}

    /// `change`: `change`, `add` or `unlink`.
    record FileChanged(String sessionId, String file, String change) implements HookEvent {}

    /// The session may work in one more directory.
    record DirectoryAdded(String sessionId, String directory, String source) implements HookEvent {}

    /// A server asks the user something.
    record Elicitation(
            String sessionId,
            String server,
            String message,
            @Nullable String mode,
            @Nullable String url,
            @Nullable String elicitationId,
            @Nullable Json schema)
            implements HookEvent {}

    /// `action`: `accept`, `decline` or `cancel`.
    record ElicitationResult(
            String sessionId,
            String server,
            @Nullable String elicitationId,
            @Nullable String mode,
            String action,
            @Nullable Json content)
            implements HookEvent {}

    record WorktreeCreate(String sessionId, String worktree) implements HookEvent {}

    record WorktreeRemove(String sessionId, String path) implements HookEvent {}

    record TaskCreated(String sessionId, String taskId, String title, @Nullable String description)
            implements HookEvent {}

    record TaskCompleted(
            String sessionId, String taskId, String title, @Nullable String description)
            implements HookEvent {}

    record TeammateIdle(String sessionId, String teammate, String team) implements HookEvent {}

    /// A piece of an answer is shown.
    record MessageDisplay(
            String sessionId,
            String turnId,
            String messageId,
            int index,
            boolean last,
            String delta)
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
            case UserPromptExpansion e -> e.command();
            case Setup e -> e.trigger();
            case ConfigChange e -> e.source();
            case InstructionsLoaded e -> e.loadReason();
            case FileChanged e -> e.file().substring(e.file().lastIndexOf('/') + 1);
            case Elicitation e -> e.server();
            case ElicitationResult e -> e.server();
            case UserPromptSubmit e -> null;
            case PostToolBatch e -> null;
            case Stop e -> null;
            case PreModelSwitch e -> null;
            case PostModelSwitch e -> null;
            case CwdChanged e -> null;
            case DirectoryAdded e -> null;
            case WorktreeCreate e -> null;
            case WorktreeRemove e -> null;
            case TaskCreated e -> null;
            case TaskCompleted e -> null;
            case TeammateIdle e -> null;
            case MessageDisplay e -> null;
        };
    }

    /// The names of all events.
    Set<String> NAMES =
            Set.of(
                    "PreToolUse",
                    "PostToolUse",
                    "PostToolUseFailure",
                    "PostToolBatch",
                    "PermissionRequest",
                    "PermissionDenied",
                    "UserPromptSubmit",
                    "UserPromptExpansion",
                    "SessionStart",
                    "SessionEnd",
                    "Setup",
                    "Stop",
                    "StopFailure",
                    "SubagentStart",
                    "SubagentStop",
                    "PreCompact",
                    "PostCompact",
                    "PreModelSwitch",
                    "PostModelSwitch",
                    "Notification",
                    "ConfigChange",
                    "InstructionsLoaded",
                    "CwdChanged",
                    "FileChanged",
                    "DirectoryAdded",
                    "Elicitation",
                    "ElicitationResult",
                    "WorktreeCreate",
                    "WorktreeRemove",
                    "TaskCreated",
                    "TaskCompleted",
                    "TeammateIdle",
                    "MessageDisplay");

    /// The call that the event is about; empty when it is about none, or several.
    default Optional<Call> call() {
        return switch (this) {
            case PreToolUse e -> Optional.of(new Call(e.toolUseId(), e.tool(), e.input()));
            case PostToolUse e -> Optional.of(new Call(e.toolUseId(), e.tool(), e.input()));
            case PostToolUseFailure e -> Optional.of(new Call(e.toolUseId(), e.tool(), e.input()));
            case PermissionRequested e -> Optional.of(new Call(e.toolUseId(), e.tool(), e.input()));
            case PermissionDenied e -> Optional.of(new Call(e.toolUseId(), e.tool(), e.input()));
            case HookEvent other -> Optional.empty();
        };
    }

    /// A call that a hook is told of.
    record Call(String toolUseId, String tool, Json input) {}
}
