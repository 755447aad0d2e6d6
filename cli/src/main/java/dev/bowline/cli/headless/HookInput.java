package dev.bowline.cli.headless;

import dev.bowline.hook.HookEvent;
import dev.bowline.json.JsonOut;
import org.jspecify.annotations.Nullable;

/// What a hook of the host's is told about an event, in the field's words.
final class HookInput {
    private HookInput() {}

    /// The members that only this event has.
    static void write(JsonOut out, HookEvent event) {
        switch (event) {
            case HookEvent.SessionStart e -> out.field("source", e.source());
            case HookEvent.SessionEnd e -> out.field("reason", "other");
            case HookEvent.UserPromptSubmit e ->
                    out.field("prompt", e.prompt()).field("source", "sdk");
            case HookEvent.PreToolUse e -> call(out, e.tool(), e.input(), e.toolUseId());
            case HookEvent.PostToolUse e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                var structured = e.structured();
                if (structured == null) {
                    out.field("tool_response", e.output());
                } else {
                    out.name("tool_response").rawLine(structured);
                }
            }
            case HookEvent.PostToolUseFailure e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("error", e.error());
            }
            case HookEvent.PostToolBatch e -> {
                out.name("tool_calls").beginArray();
                e.tools().forEach(name -> out.beginObject().field("tool_name", name).endObject());
                out.endArray();
            }
            case HookEvent.PermissionRequested e ->
                    out.field("tool_name", e.tool()).name("tool_input").rawLine(e.input());
            case HookEvent.PermissionDenied e -> {
                call(out, e.tool(), e.input(), e.toolUseId());
                out.field("reason", e.reason());
            }
            case HookEvent.Stop e ->
                    out.field("stop_hook_active", e.continued())
                            .field("last_assistant_message", e.lastText());
            case HookEvent.StopFailure e ->
                    out.field("error", e.code()).field("error_details", e.message());
        }
    }

    private static void call(JsonOut out, String tool, dev.bowline.json.Json input, String id) {
        out.field("tool_name", tool).name("tool_input").rawLine(input).field("tool_use_id", id);
    }

    /// What a matcher is compared with; null where matchers don't count.
    static @Nullable String matched(HookEvent event) {
        return switch (event) {
            case HookEvent.PreToolUse e -> e.tool();
            case HookEvent.PostToolUse e -> e.tool();
            case HookEvent.PostToolUseFailure e -> e.tool();
            case HookEvent.PermissionRequested e -> e.tool();
            case HookEvent.PermissionDenied e -> e.tool();
            case HookEvent.SessionStart e -> e.source();
            case HookEvent.SessionEnd e -> "other";
            case HookEvent.StopFailure e -> e.code();
            case HookEvent.UserPromptSubmit e -> null;
            case HookEvent.PostToolBatch e -> null;
            case HookEvent.Stop e -> null;
        };
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
