package dev.bowline.hook;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.PermissionUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook outside of the program is told about an event: JSON in the field's words.
public final class HookInput {
    private HookInput() {}

    /// What every input holds beside the event.
    ///
    /// - `transcript`: the session's file, or ""
    /// - `directory`: where the session works, absolute
    /// - `mode`: the permission mode as the protocol calls it
    public record Base(String transcript, String directory, String mode) {}

    /// The whole input.
    public static Json json(HookEvent event, Base base) {
        try (var out = JsonOut.toText()) {
            out.beginObject();
            write(out, event, base);
            out.endObject();
            return Json.parse(out.text());
        }
    }

    /// The members of the input; the caller opens and closes the object.
    public static void write(JsonOut out, HookEvent event, Base base) {
        out.field("hook_event_name", event.name())
                .field("session_id", event.sessionId())
                .field("transcript_path", base.transcript())
                .field("cwd", base.directory())
                .field("permission_mode", base.mode());
        members(out, event);
    }

    private static void members(JsonOut out, HookEvent event) {
        switch (event) {
            case HookEvent.SessionStart e -> out.field("source", e.source());
            case HookEvent.SessionEnd e ->
                    out.field("reason", e.reason().equals("clear") ? "clear" : "other");
            case HookEvent.UserPromptSubmit e ->
                    out.field("prompt", e.prompt()).field("source", "sdk");
            case HookEvent.UserPromptExpansion e -> {
                out.field("expansion_type", e.kind())
                        .field("command_name", e.command())
                        .field("command_args", e.arguments())
                        .field("prompt", e.prompt());
                optional(out, "command_source", e.source());
            }
            case HookEvent.PreToolUse e -> call(out, e.tool(), e.input(), e.toolUseId());
            case HookEvent.PostToolUse e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                response(out, e.output(), e.structured());
                out.field("duration_ms", e.took().toMillis());
            }
            case HookEvent.PostToolUseFailure e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("error", e.error())
                        .field("is_interrupt", false)
                        .field("duration_ms", e.took().toMillis());
            }
            case HookEvent.PostToolBatch e -> batch(out, e.calls());
            case HookEvent.PermissionRequested e -> {
                out.field("tool_name", e.tool()).name("tool_input").rawLine(e.input());
                updates(out, "permission_suggestions", e.suggestions());
            }
            case HookEvent.PermissionDenied e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("reason", e.reason());
            }
            case HookEvent.Setup e -> out.field("trigger", e.trigger());
            case HookEvent.Stop e ->
                    out.field("stop_hook_active", e.continued())
                            .field("last_assistant_message", e.lastText());
            case HookEvent.StopFailure e ->
                    out.field("error", e.code()).field("error_details", e.message());
            case HookEvent.Notification e -> {
                out.field("message", e.message());
                optional(out, "title", e.title());
                out.field("notification_type", e.type());
            }
            case HookEvent.PreCompact e ->
                    out.field("trigger", e.trigger())
                            .field("custom_instructions", e.instructions());
            case HookEvent.PostCompact e ->
                    out.field("trigger", e.trigger()).field("compact_summary", e.summary());
            case HookEvent.SubagentStart e ->
                    out.field("agent_id", e.agentId()).field("agent_type", e.agentType());
            case HookEvent.SubagentStop e ->
                    out.field("stop_hook_active", e.continued())
                            .field("agent_id", e.agentId())
                            .field("agent_transcript_path", e.transcript())
                            .field("agent_type", e.agentType())
                            .field("last_assistant_message", e.lastText());
            case HookEvent.PreModelSwitch e ->
                    models(out, e.from(), e.to(), e.requested(), e.source(), e.contextTokens());
            case HookEvent.PostModelSwitch e ->
                    models(out, e.from(), e.to(), e.requested(), e.source(), e.contextTokens());
            case HookEvent.ConfigChange e -> {
                out.field("source", e.source());
                optional(out, "file_path", e.file());
            }
            case HookEvent.InstructionsLoaded e ->
                    out.field("file_path", e.file())
                            .field("memory_type", e.memoryType())
                            .field("load_reason", e.loadReason());
            case HookEvent.CwdChanged e ->
                    out.field("old_cwd", e.oldDirectory()).field("new_cwd", e.newDirectory());
            case HookEvent.FileChanged e ->
                    out.field("file_path", e.file()).field("event", e.change());
            case HookEvent.DirectoryAdded e ->
                    out.field("directory", e.directory()).field("source", e.source());
            case HookEvent.Elicitation e -> elicitation(out, e);
            case HookEvent.ElicitationResult e -> elicited(out, e);
            case HookEvent.WorktreeCreate e -> out.field("name", e.worktree());
            case HookEvent.WorktreeRemove e -> out.field("worktree_path", e.path());
            case HookEvent.TaskCreated e -> task(out, e.taskId(), e.title(), e.description());
            case HookEvent.TaskCompleted e -> task(out, e.taskId(), e.title(), e.description());
            case HookEvent.TeammateIdle e ->
                    out.field("teammate_name", e.teammate()).field("team_name", e.team());
            case HookEvent.MessageDisplay e ->
                    out.field("turn_id", e.turnId())
                            .field("message_id", e.messageId())
                            .field("index", e.index())
                            .field("final", e.last())
                            .field("delta", e.delta());
        }
    }

    private static void batch(JsonOut out, List<HookEvent.Called> calls) {
        out.name("tool_calls").beginArray();
        for (var one : calls) {
            out.beginObject();
            call(out, one.tool(), one.input(), one.toolUseId());
            response(out, one.output(), one.structured());
            out.endObject();
        }
        out.endArray();
    }

    private static void models(
            JsonOut out, String from, String to, String requested, String source, long tokens) {
        out.field("from_model", from)
                .field("to_model", to)
                .field("requested_model", requested)
                .field("source", source)
                .field("context_tokens", tokens);
    }

    private static void elicitation(JsonOut out, HookEvent.Elicitation asked) {
        out.field("mcp_server_name", asked.server()).field("message", asked.message());
        optional(out, "mode", asked.mode());
        optional(out, "url", asked.url());
        optional(out, "elicitation_id", asked.elicitationId());
        if (asked.schema() != null) {
            out.name("requested_schema").rawLine(asked.schema());
        }
    }

    private static void elicited(JsonOut out, HookEvent.ElicitationResult answered) {
        out.field("mcp_server_name", answered.server()).field("action", answered.action());
        optional(out, "elicitation_id", answered.elicitationId());
        optional(out, "mode", answered.mode());
        if (answered.content() != null) {
            out.name("content").rawLine(answered.content());
        }
    }

    private static void task(JsonOut out, String id, String title, @Nullable String description) {
        out.field("task_id", id).field("task_subject", title);
        optional(out, "task_description", description);
    }

    private static void optional(JsonOut out, String name, @Nullable String value) {
        if (value != null) {
            out.field(name, value);
        }
    }

    private static void call(JsonOut out, String tool, Json input, String id) {
        out.field("tool_name", tool).name("tool_input").rawLine(input).field("tool_use_id", id);
    }

    private static void response(JsonOut out, String output, @Nullable Json structured) {
        if (structured == null) {
            out.field("tool_response", output);
        } else {
            out.name("tool_response").rawLine(structured);
        }
    }

    /// A list of permission updates, left out when it is empty.
    public static void updates(JsonOut out, String name, List<PermissionUpdate> updates) {
        if (!updates.isEmpty()) {
            out.name(name).beginArray();
            updates.forEach(update -> out.rawLine(update.toJson()));
            out.endArray();
        }
    }
}
