package dev.bowline.testkit;

import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A transcript as short lines to assert on, one for each entry: what happened and to what, without
/// ids, times and figures.
///
/// ```
/// opened
/// prompt hello
/// reply [tool Read]
/// started Read
/// tool Read ok
/// reply done
/// end completed
/// ```
public final class Trail {
    private static final int TEXT = 60;

    private Trail() {}

    public static List<String> of(List<Entry> entries) {
        return entries.stream().map(Trail::line).toList();
    }

    /// Without what most tests don't care about: opening, queue, hooks, permissions that were
    /// granted, and starts of calls.
    public static List<String> brief(List<Entry> entries) {
        return entries.stream().filter(Trail::matters).map(Trail::line).toList();
    }

    private static boolean matters(Entry entry) {
        return switch (entry.event()) {
            case Event.Opened e -> false;
            case Event.Queued e -> false;
            case Event.HookRan e -> false;
            case Event.PermissionsChanged e -> true;
            case Event.PermissionAsked e -> false;
            case Event.PermissionDecided e -> !(e.decision() instanceof Decision.Allow);
            case Event.ToolStarted e -> false;
            case Event.Unqueued e -> true;
            case Event.Prompted e -> true;
            case Event.Noted e -> true;
            case Event.Replied e -> true;
            case Event.Spent e -> true;
            case Event.ToolFinished e -> true;
            case Event.ModelChanged e -> true;
            case Event.ModeChanged e -> true;
            case Event.DirectoryChanged e -> true;
            case Event.Renamed e -> true;
            case Event.Tagged e -> true;
            case Event.Rewound e -> true;
            case Event.FilesTracked e -> false;
            case Event.Exposed e -> false;
            case Event.FileSaved e -> true;
            case Event.Compacted e -> true;
            case Event.TaskEnded e -> true;
            case Event.TurnEnded e -> true;
            case Event.Unknown e -> true;
        };
    }

    /// One entry.
    public static String line(Entry entry) {
        return switch (entry.event()) {
            case Event.Opened e -> e.origin() == null ? "opened" : "opened as fork";
            case Event.Queued e -> "queued " + content(e.content());
            case Event.Unqueued e -> "unqueued";
            case Event.Prompted e -> "prompt " + content(e.content());
            case Event.Noted e -> "note " + word(e.kind()) + " " + content(e.content());
            case Event.Replied e -> "reply " + content(e.content());
            case Event.Spent e -> "spent " + e.purpose();
            case Event.PermissionAsked e -> "ask " + e.tool();
            case Event.PermissionDecided e -> decision(e.decision()) + " by " + e.by();
            case Event.ToolStarted e -> "started " + e.tool();
            case Event.ToolFinished e ->
                    "tool " + e.tool() + " " + (e.code() == null ? "ok" : e.code());
            case Event.HookRan e -> "hook " + e.event() + " " + e.ruling();
            case Event.PermissionsChanged e -> "permissions " + e.update();
            case Event.ModelChanged e -> "model " + e.model();
            case Event.ModeChanged e -> "mode " + e.mode();
            case Event.DirectoryChanged e -> "directory " + e.directory();
            case Event.Renamed e -> "title " + e.title();
            case Event.Tagged e -> "tag " + e.tag();
            case Event.Rewound e ->
                    "rewound to "
                            + e.to()
                            + (e.blocks() == 0 ? "" : " with " + e.blocks() + " blocks");
            case Event.FilesTracked e -> "files tracked";
            case Event.Exposed e -> "exposed to " + e.origin();
            case Event.FileSaved e -> "saved " + e.file().path();
            case Event.Compacted e -> "compacted " + e.trigger() + " to " + e.to();
            case Event.TaskEnded e -> "task " + e.taskId() + " " + e.status();
            case Event.TurnEnded e -> "end " + outcome(e.outcome());
            case Event.Unknown e -> "unknown";
        };
    }

    private static String content(List<ContentBlock> content) {
        return content.stream().map(Trail::block).collect(Collectors.joining(" "));
    }

    private static String block(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> text(text.text());
            case ContentBlock.Image image -> "[image]";
            case ContentBlock.Document document -> "[document]";
            case ContentBlock.Thinking thinking -> "[thinking]";
            case ContentBlock.RedactedThinking redacted -> "[redacted thinking]";
            case ContentBlock.ToolUse use -> "[tool " + use.name() + "]";
            case ContentBlock.ToolResult result -> "[result]";
            case ContentBlock.Unknown unknown -> "[unknown]";
        };
    }

    private static String text(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= TEXT ? line : line.substring(0, TEXT - 1) + "…";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String decision(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> "allowed";
            case Decision.Deny deny -> "denied";
            case Decision.Ask ask -> "asked";
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> "completed";
            case Outcome.Interrupted interrupted -> "interrupted by " + interrupted.by();
            case Outcome.LimitReached limit -> "limit " + word(limit.limit());
            case Outcome.Refused refused -> "refused";
            case Outcome.Stopped stopped -> "stopped by " + stopped.event();
            case Outcome.Deferred deferred -> "deferred";
            case Outcome.Failed failed -> "failed " + failed.code();
        };
    }
}
