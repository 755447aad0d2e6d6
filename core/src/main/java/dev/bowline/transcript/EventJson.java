package dev.bowline.transcript;

import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what an event says as members of the object that is open. With `whole` everything;
/// otherwise without what the official members of a line say already. [EventDraft] reads it.
final class EventJson {
    private EventJson() {}

    /// The event's name in stored form; never changes meaning.
    static String kind(Event event) {
        return switch (event) {
            case Event.Opened e -> "opened";
            case Event.Queued e -> "queued";
            case Event.Unqueued e -> "unqueued";
            case Event.Prompted e -> "prompted";
            case Event.Noted e -> "noted";
            case Event.Replied e -> "replied";
            case Event.Spent e -> "spent";
            case Event.PermissionAsked e -> "permission_asked";
            case Event.PermissionDecided e -> "permission_decided";
            case Event.ToolStarted e -> "tool_started";
            case Event.ToolFinished e -> "tool_finished";
            case Event.HookRan e -> "hook_ran";
            case Event.PermissionsChanged e -> "permissions_changed";
            case Event.ModelChanged e -> "model_changed";
            case Event.ModeChanged e -> "mode_changed";
            case Event.DirectoryChanged e -> "directory_changed";
            case Event.Renamed e -> "renamed";
            case Event.Tagged e -> "tagged";
            case Event.Rewound e -> "rewound";
            case Event.FilesTracked e -> "files_tracked";
            case Event.Exposed e -> "exposed";
            case Event.FileSaved e -> "file_saved";
            case Event.Compacted e -> "compacted";
            case Event.TurnEnded e -> "turn_ended";
            case Event.TaskEnded e -> "task_ended";
            case Event.Unknown e -> "unknown";
        };
    }

    static void write(JsonOut out, Event event, boolean whole) {
        switch (event) {
            case Event.Opened e -> opened(out, e);
            case Event.Queued e -> {
                out.field("prompt", e.promptId().toString()).field("priority", e.priority());
                content(out, e.content());
            }
            case Event.Unqueued e -> out.field("prompt", e.promptId().toString());
            case Event.Prompted e -> {
                out.field("prompt", e.promptId().toString())
                        .field("turn", e.turn())
                        .field("source", e.source());
                if (whole) {
                    content(out, e.content());
                }
            }
            case Event.Noted e -> {
                out.field("note", e.kind().name());
                if (whole) {
                    content(out, e.content());
                }
            }
            case Event.Replied e -> replied(out, e, whole);
            case Event.Spent e ->
                    usage(out.field("model", e.model()), e)
                            .field("cost", e.cost())
                            .field("purpose", e.purpose());
            case Event.PermissionAsked e -> {
                out.field("toolUse", e.toolUseId())
                        .field("tool", e.tool())
                        .name("input")
                        .rawLine(e.input())
                        .field("reason", e.reason());
                updates(out, "suggestions", e.suggestions());
            }
            case Event.PermissionDecided e -> {
                out.field("toolUse", e.toolUseId()).field("by", e.by());
                decision(out.name("decision"), e.decision());
            }
            case Event.ToolStarted e ->
                    out.field("toolUse", e.toolUseId())
                            .field("tool", e.tool())
                            .field("effect", e.effect().name())
                            .name("input")
                            .rawLine(e.input());
            case Event.ToolFinished e -> finished(out, e, whole);
            case Event.HookRan e -> {
                out.field("event", e.event())
                        .field("hook", e.hook())
                        .field("ruling", e.ruling())
                        .field("took", e.took().toNanos());
                optional(out, "reason", e.reason());
                optional(out, "about", e.about());
                optional(out, "notice", e.message());
                optional(out, "stop", e.stop());
                if (e.failed()) {
                    out.field("failed", true);
                }
            }
            case Event.PermissionsChanged e -> out.name("update").rawLine(e.update());
            case Event.ModelChanged e -> out.field("model", e.model());
            case Event.ModeChanged e -> out.field("mode", e.mode());
            case Event.DirectoryChanged e -> out.field("directory", e.directory());
            case Event.Renamed e -> {
                if (whole) {
                    out.field("title", e.title());
                }
            }
            case Event.Tagged e -> {
                if (whole) {
                    out.field("tag", e.tag());
                }
            }
            case Event.Rewound e -> {
                out.field("to", e.to());
                if (e.blocks() > 0) {
                    out.field("blocks", e.blocks());
                }
            }
            case Event.FilesTracked e -> out.field("prompt", e.promptId().toString());
            case Event.Exposed e -> out.field("about", e.origin());
            case Event.FileSaved e -> saved(out.field("prompt", e.promptId().toString()), e.file());
            case Event.Compacted e -> compacted(out, e, whole);
            case Event.TurnEnded e -> {
                out.field("turn", e.turn());
                outcome(out.name("outcome"), e.outcome());
                figures(out.name("figures"), e.figures());
            }
            case Event.TaskEnded e ->
                    out.field("task", e.taskId())
                            .field("toolUse", e.toolUseId())
                            .field("taskKind", e.taskKind())
                            .field("description", e.description())
                            .field("status", e.status())
                            .field("output", e.output())
                            .field("summary", e.summary());
            case Event.Unknown e -> out.name("raw").rawLine(e.raw());
        }
    }

    private static void saved(JsonOut out, SavedFile file) {
        out.field("path", file.path());
        switch (file.before()) {
            case SavedFile.Missing m -> out.field("before", "missing");
            case SavedFile.Skipped s -> out.field("before", "skipped").field("reason", s.reason());
            case SavedFile.Copied c -> {
                out.field("before", "copied").field("copy", c.name());
                optional(out, "rights", c.rights());
            }
        }
    }

    private static void content(JsonOut out, List<ContentBlock> content) {
        BlockJson.writeAll(out.name("content"), content);
    }

    private static void optional(JsonOut out, String name, @Nullable String value) {
        if (value != null) {
            out.field(name, value);
        }
    }

    private static JsonOut usage(JsonOut out, Event.Spent e) {
        BlockJson.usage(out.name("usage"), e.usage());
        return out;
    }

    private static void opened(JsonOut out, Event.Opened e) {
        out.field("directory", e.directory())
                .field("model", e.model())
                .field("mode", e.mode())
                .field("version", e.version());
        if (e.origin() != null) {
            out.name("origin")
                    .beginObject()
                    .field("session", e.origin().session().value())
                    .field("number", e.origin().number())
                    .endObject();
        }
    }

    private static void replied(JsonOut out, Event.Replied e, boolean whole) {
        out.field("cost", e.cost()).field("took", e.took().toNanos());
        if (whole) {
            optional(out, "request", e.requestId());
            out.name("message");
            message(out, e, e.content());
        }
    }

    /// The reply in the shape of the Messages API, with the given part of its content.
    static void message(JsonOut out, Event.Replied e, List<ContentBlock> part) {
        out.beginObject()
                .field("model", e.model())
                .field("id", e.messageId())
                .field("type", "message")
                .field("role", "assistant")
                .field("stop_reason", e.stopReason().wire());
        if (e.stopDetails() != null) {
            out.name("stop_details").rawLine(e.stopDetails());
        }
        BlockJson.usage(out.name("usage"), e.usage());
        out.name("content").beginArray();
        part.forEach(block -> BlockJson.write(out, block));
        out.endArray().name("stop_sequence").nothing().endObject();
    }

    private static void finished(JsonOut out, Event.ToolFinished e, boolean whole) {
        out.field("tool", e.tool()).field("took", e.took().toNanos());
        optional(out, "code", e.code());
        if (e.structured() != null && (whole || e.isError())) {
            out.name("structured").rawLine(e.structured());
        }
        if (whole) {
            out.field("toolUse", e.toolUseId());
            content(out, e.content());
        }
    }

    private static void compacted(JsonOut out, Event.Compacted e, boolean whole) {
        out.field("trigger", e.trigger())
                .field("to", e.to())
                .field("preTokens", e.preTokens())
                .field("postTokens", e.postTokens())
                .field("took", e.took().toNanos());
        if (whole) {
            content(out, List.of(new ContentBlock.Text(e.summary())));
        }
    }

    private static void updates(JsonOut out, String name, List<PermissionUpdate> updates) {
        if (!updates.isEmpty()) {
            out.name(name).beginArray();
            updates.forEach(update -> out.rawLine(update.toJson()));
            out.endArray();
        }
    }

    private static void decision(JsonOut out, Decision decision) {
        out.beginObject();
        switch (decision) {
            case Decision.Allow(String reason, var input, var updates) -> {
                out.field("is", "allow").field("reason", reason);
                if (input != null) {
                    out.name("input").rawLine(input);
                }
                updates(out, "updates", updates);
            }
            case Decision.Deny(String reason, String message, boolean interrupt) ->
                    out.field("is", "deny")
                            .field("reason", reason)
                            .field("message", message)
                            .field("interrupt", interrupt);
            case Decision.Ask(String reason) -> out.field("is", "ask").field("reason", reason);
        }
        out.endObject();
    }

    private static void outcome(JsonOut out, Outcome outcome) {
        out.beginObject();
        switch (outcome) {
            case Outcome.Completed(String text, var stopReason, var structured) -> {
                out.field("is", "completed")
                        .field("text", text)
                        .field("stopReason", stopReason.wire());
                if (structured != null) {
                    out.name("structured").rawLine(structured);
                }
            }
            case Outcome.Interrupted(String by) -> out.field("is", "interrupted").field("by", by);
            case Outcome.LimitReached(Outcome.Limit limit, String message) ->
                    out.field("is", "limit").field("limit", limit.name()).field("message", message);
            case Outcome.Refused(String text, var details) -> {
                out.field("is", "refused").field("text", text);
                if (details != null) {
                    out.name("details").rawLine(details);
                }
            }
            case Outcome.Stopped(String event, String reason, String text) ->
                    out.field("is", "stopped")
                            .field("event", event)
                            .field("reason", reason)
                            .field("text", text);
            case Outcome.Deferred(String toolUseId, String tool, var input) ->
                    out.field("is", "deferred")
                            .field("toolUseId", toolUseId)
                            .field("tool", tool)
                            .name("input")
                            .rawLine(input);
            case Outcome.Failed(String code, String message, int status) ->
                    out.field("is", "failed")
                            .field("code", code)
                            .field("message", message)
                            .field("status", status);
        }
        out.endObject();
    }

    private static void figures(JsonOut out, Event.Figures f) {
        out.beginObject();
        duration(out, "total", f.total());
        duration(out, "validation", f.validation());
        duration(out, "api", f.api());
        duration(out, "tools", f.tools());
        duration(out, "overhead", f.overhead());
        out.field("apiCalls", f.apiCalls()).field("toolCalls", f.toolCalls()).endObject();
    }

    private static void duration(JsonOut out, String name, Duration value) {
        out.field(name, value.toNanos());
    }
}
