package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Effect;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has been read of an event so far, member by member; becomes an event once all is there.
final class EventDraft {
    private static final Event.Figures NO_FIGURES =
            new Event.Figures(
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    0);

    String kind = "";
    List<ContentBlock> content = List.of();
    private boolean listed;
    String toolUse = "";
    String tool = "";
    @Nullable String code;
    @Nullable Json structured;
    long took;
    long cost = -1;
    String model = "";
    String messageId = "";
    StopReason stopReason = StopReason.END_TURN;
    @Nullable Json stopDetails;
    Usage usage = Usage.NONE;
    @Nullable String request;
    String directory = "";
    String mode = "";
    String title = "";
    String tag = "";
    private String version = "";
    private Event.@Nullable Origin origin;
    private String prompt = "";
    private String priority = "";
    private int turn;
    private String source = "";
    private String note = "";
    private String purpose = "";
    private Json input = Json.EMPTY_OBJECT;
    private @Nullable String reason;
    private String by = "";
    private @Nullable Decision decision;
    private String effect = "";
    private String event = "";
    private String hook = "";
    private String ruling = "";
    private @Nullable String about;
    private @Nullable String notice;
    private @Nullable String stop;
    private boolean failed;
    private Json update = Json.NULL;
    private List<PermissionUpdate> suggestions = List.of();
    private String task = "";
    private String taskKind = "";
    private String description = "";
    private String status = "";
    private String output = "";
    private String summary = "";
    private long to;
    private int blocks;
    private String path = "";
    private String before = "";
    private String copy = "";
    private @Nullable String rights;
    private String trigger = "";
    private long preTokens;
    private long postTokens;
    private @Nullable Outcome outcome;
    private Event.Figures figures = NO_FIGURES;
    private Json raw = Json.NULL;

    /// Reads the value of one member; false if it isn't one of an event, and was not read.
    boolean take(String name, JsonIn in) {
        switch (name) {
            case "kind" -> kind = in.string();
            case "content" -> content(in);
            case "toolUse" -> toolUse = in.string();
            case "tool" -> tool = in.string();
            case "code" -> code = in.stringOrNull();
            case "structured" -> structured = in.raw();
            case "took" -> took = in.number();
            case "cost" -> cost = in.number();
            case "model" -> model = in.string();
            case "message" -> message(in);
            case "usage" -> usage = BlockJson.usage(in);
            case "request" -> request = in.stringOrNull();
            case "directory" -> directory = in.string();
            case "mode" -> mode = in.string();
            case "title" -> title = in.string();
            case "tag" -> tag = in.string();
            case "version" -> version = in.string();
            case "prompt" -> prompt = in.string();
            case "priority" -> priority = in.string();
            case "turn" -> turn = (int) in.number();
            case "source" -> source = in.string();
            case "note" -> note = in.string();
            default -> {
                return takeRare(name, in);
            }
        }
        return true;
    }

    private boolean takeRare(String name, JsonIn in) {
        switch (name) {
            case "origin" -> origin = origin(in);
            case "purpose" -> purpose = in.string();
            case "input" -> input = in.raw();
            case "reason" -> reason = in.stringOrNull();
            case "by" -> by = in.string();
            case "decision" -> decision = decision(in);
            case "effect" -> effect = in.string();
            case "event" -> event = in.string();
            case "hook" -> hook = in.string();
            case "ruling" -> ruling = in.string();
            case "about" -> about = in.stringOrNull();
            case "notice" -> notice = in.stringOrNull();
            case "stop" -> stop = in.stringOrNull();
            case "failed" -> failed = in.bool();
            case "update" -> update = in.raw();
            case "suggestions" -> suggestions = updates(in.raw());
            case "task" -> task = in.string();
            case "taskKind" -> taskKind = in.string();
            case "description" -> description = in.string();
            case "status" -> status = in.string();
            case "output" -> output = in.string();
            case "summary" -> summary = in.string();
            case "to" -> to = in.number();
            case "blocks" -> blocks = (int) in.number();
            case "path" -> path = in.string();
            case "before" -> before = in.string();
            case "copy" -> copy = in.string();
            case "rights" -> rights = in.stringOrNull();
            case "trigger" -> trigger = in.string();
            case "preTokens" -> preTokens = in.number();
            case "postTokens" -> postTokens = in.number();
            case "outcome" -> outcome = outcome(in);
            case "figures" -> figures = figures(in);
            case "raw" -> raw = in.raw();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void content(JsonIn in) {
        listed = in.isArray();
        content = BlockJson.readAll(in);
    }

    /// The content of what a user said: a list of one text is told from a string.
    List<ContentBlock> said() {
        return listed
                        && content.size() == 1
                        && content.getFirst() instanceof ContentBlock.Text(String text, var extra)
                        && extra == null
                ? List.of(new ContentBlock.Text(text, Json.EMPTY_OBJECT))
                : content;
    }

    /// A message in the shape of the Messages API.
    void message(JsonIn in) {
        if (!in.isObject()) {
            in.skip();
            return;
        }
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "content" -> content(in);
                case "id" -> messageId = in.string();
                case "model" -> model = in.string();
                case "stop_reason" -> stopReason = StopReason.of(in.string());
                case "stop_details" -> stopDetails = in.isNull() ? null : in.raw();
                case "usage" -> usage = BlockJson.usage(in);
                default -> in.skip();
            }
        }
    }

    /// The event, or null if its kind isn't known or a part of it is missing.
    @Nullable Event event() {
        return switch (kind) {
            case "opened" -> new Event.Opened(directory, model, mode, version, origin);
            case "queued" -> new Event.Queued(UUID.fromString(prompt), said(), priority);
            case "unqueued" -> new Event.Unqueued(UUID.fromString(prompt));
            case "prompted" -> new Event.Prompted(UUID.fromString(prompt), turn, said(), source);
            case "noted" -> new Event.Noted(Event.NoteKind.valueOf(note), said());
            case "replied" ->
                    new Event.Replied(
                            messageId,
                            model,
                            content,
                            stopReason,
                            stopDetails,
                            usage,
                            cost,
                            request,
                            Duration.ofNanos(took));
            case "spent" -> new Event.Spent(model, usage, cost, purpose);
            case "permission_asked" ->
                    new Event.PermissionAsked(
                            toolUse, tool, input, reason == null ? "" : reason, suggestions);
            case "permission_decided" ->
                    decision == null ? null : new Event.PermissionDecided(toolUse, decision, by);
            case "tool_started" ->
                    new Event.ToolStarted(toolUse, tool, Effect.valueOf(effect), input);
            case "tool_finished" ->
                    new Event.ToolFinished(
                            toolUse, tool, content, code, structured, Duration.ofNanos(took));
            case "hook_ran" ->
                    new Event.HookRan(
                            event,
                            hook,
                            ruling,
                            reason,
                            Duration.ofNanos(took),
                            about,
                            notice,
                            stop,
                            failed);
            case "permissions_changed" -> new Event.PermissionsChanged(update);
            case "model_changed" -> new Event.ModelChanged(model);
            case "mode_changed" -> new Event.ModeChanged(mode);
            case "directory_changed" -> new Event.DirectoryChanged(directory);
            case "renamed" -> new Event.Renamed(title);
            case "tagged" -> new Event.Tagged(tag);
            case "rewound" -> new Event.Rewound(to, blocks);
            case "files_tracked" -> new Event.FilesTracked(UUID.fromString(prompt));
            case "exposed" -> new Event.Exposed(String.valueOf(about));
            case "file_saved" -> saved();
            case "compacted" ->
                    new Event.Compacted(
                            ContentBlock.text(content),
                            trigger,
                            to,
                            preTokens,
                            postTokens,
                            Duration.ofNanos(took));
            case "task_ended" ->
                    new Event.TaskEnded(
                            task, toolUse, taskKind, description, status, output, summary);
            case "turn_ended" ->
                    outcome == null ? null : new Event.TurnEnded(turn, outcome, figures);
            case "unknown" -> new Event.Unknown(raw);
            default -> null;
        };
    }

    private Event.@Nullable FileSaved saved() {
        SavedFile.Before was =
                switch (before) {
                    case "missing" -> new SavedFile.Missing();
                    case "skipped" -> new SavedFile.Skipped(reason == null ? "" : reason);
                    case "copied" -> new SavedFile.Copied(copy, rights);
                    default -> null;
                };
        return was == null
                ? null
                : new Event.FileSaved(UUID.fromString(prompt), new SavedFile(path, was));
    }

    private static Event.@Nullable Origin origin(JsonIn in) {
        String session = "";
        long number = 0;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "session" -> session = in.string();
                case "number" -> number = in.number();
                default -> in.skip();
            }
        }
        return session.isEmpty() ? null : new Event.Origin(new SessionId(session), number);
    }

    private static @Nullable Decision decision(JsonIn in) {
        String is = "";
        String reason = "";
        String message = "";
        boolean interrupt = false;
        Json input = null;
        var updates = List.<PermissionUpdate>of();
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "is" -> is = in.string();
                case "reason" -> reason = in.string();
                case "message" -> message = in.string();
                case "interrupt" -> interrupt = in.bool();
                case "input" -> input = in.raw();
                case "updates" -> updates = updates(in.raw());
                default -> in.skip();
            }
        }
        return switch (is) {
            case "allow" -> new Decision.Allow(reason, input, updates);
            case "deny" -> new Decision.Deny(reason, message, interrupt);
            case "ask" -> new Decision.Ask(reason);
            default -> null;
        };
    }

    private static List<PermissionUpdate> updates(Json array) {
        return array.asList().stream().map(update -> PermissionUpdate.of(Json.of(update))).toList();
    }

    private static @Nullable Outcome outcome(JsonIn in) {
        String is = "";
        String text = "";
        String stop = "";
        String by = "";
        String limit = "";
        String message = "";
        String code = "";
        long status = 0;
        String event = "";
        String reason = "";
        Json details = null;
        Json structured = null;
        String toolUseId = "";
        String tool = "";
        Json input = Json.EMPTY_OBJECT;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "is" -> is = in.string();
                case "toolUseId" -> toolUseId = in.string();
                case "tool" -> tool = in.string();
                case "input" -> input = in.raw();
                case "text" -> text = in.string();
                case "stopReason" -> stop = in.string();
                case "by" -> by = in.string();
                case "limit" -> limit = in.string();
                case "message" -> message = in.string();
                case "code" -> code = in.string();
                case "status" -> status = in.number();
                case "details" -> details = in.raw();
                case "event" -> event = in.string();
                case "reason" -> reason = in.string();
                case "structured" -> structured = in.raw();
                default -> in.skip();
            }
        }
        return switch (is) {
            case "completed" -> new Outcome.Completed(text, StopReason.of(stop), structured);
            case "interrupted" -> new Outcome.Interrupted(by);
            case "limit" -> new Outcome.LimitReached(Outcome.Limit.valueOf(limit), message);
            case "refused" -> new Outcome.Refused(text, details);
            case "stopped" -> new Outcome.Stopped(event, reason, text);
            case "deferred" -> new Outcome.Deferred(toolUseId, tool, input);
            case "failed" -> new Outcome.Failed(code, message, (int) status);
            default -> null;
        };
    }

    private static Event.Figures figures(JsonIn in) {
        var times = new long[5];
        int calls = 0;
        int tools = 0;
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "total" -> times[0] = in.number();
                case "validation" -> times[1] = in.number();
                case "api" -> times[2] = in.number();
                case "tools" -> times[3] = in.number();
                case "overhead" -> times[4] = in.number();
                case "apiCalls" -> calls = (int) in.number();
                case "toolCalls" -> tools = (int) in.number();
                default -> in.skip();
            }
        }
        return new Event.Figures(
                Duration.ofNanos(times[0]),
                Duration.ofNanos(times[1]),
                Duration.ofNanos(times[2]),
                Duration.ofNanos(times[3]),
                Duration.ofNanos(times[4]),
                calls,
                tools);
    }

    static Event.Figures noFigures() {
        return NO_FIGURES;
    }
}
