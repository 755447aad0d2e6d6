package dev.bowline.cli.headless;

import dev.bowline.hook.HookEvent;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.PermissionUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook of the host's is told about an event, in the field's words.
final class HookInput {
    private HookInput() {}

    /// The members that only this event has.
    static void write(JsonOut out, HookEvent event) {
        switch (event) {
            case HookEvent.SessionStart e -> out.field("source", e.source());
            case HookEvent.SessionEnd e ->
                    out.field("reason", e.reason().equals("clear") ? "clear" : "other");
            case HookEvent.UserPromptSubmit e ->
                    out.field("prompt", e.prompt()).field("source", "sdk");
            case HookEvent.PreToolUse e -> call(out, e.tool(), e.input(), e.toolUseId());
            case HookEvent.PostToolUse e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                response(out, e.output(), e.structured());
                out.field("duration_ms", e.took().toMillis());
            }
            case HookEvent.PostToolUseFailure e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("error", e.error()).field("duration_ms", e.took().toMillis());
            }
            case HookEvent.PostToolBatch e -> {
                out.name("tool_calls").beginArray();
                e.calls()
                        .forEach(one -> {
                            out.beginObject();
                            call(out, one.tool(), one.input(), one.toolUseId());
                            response(out, one.output(), one.structured());
                            out.endObject();
                        });
                out.endArray();
            }
            case HookEvent.PermissionRequested e -> {
                out.field("tool_name", e.tool()).name("tool_input").rawLine(e.input());
                updates(out, "permission_suggestions", e.suggestions());
            }
            case HookEvent.PermissionDenied e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("reason", e.reason());
            }
            case HookEvent.Stop e ->
                    out.field("stop_hook_active", e.continued())
                            .field("last_assistant_message", e.lastText());
            case HookEvent.StopFailure e ->
                    out.field("error", e.code()).field("error_details", e.message());
            case HookEvent.Notification e -> {
                out.field("message", e.message());
                if (e.title() != null) {
                    out.field("title", e.title());
                }
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
    static void updates(JsonOut out, String name, List<PermissionUpdate> updates) {
        if (!updates.isEmpty()) {
            out.name(name).beginArray();
            updates.forEach(update -> out.rawLine(update.toJson()));
            out.endArray();
        }
    }

    /// The call that the event is about, or null.
    static @Nullable String toolUseId(HookEvent event) {
        return switch (event) {
            case HookEvent.PreToolUse e -> e.toolUseId();
            case HookEvent.PostToolUse e -> e.toolUseId();
            case HookEvent.PostToolUseFailure e -> e.toolUseId();
            case HookEvent.PermissionDenied e -> e.toolUseId();
            case HookEvent other -> null;
        };
    }
}
