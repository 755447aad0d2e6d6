package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import dev.bowline.transcript.disk.IndexFile;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a list shows of a session, gathered entry by entry.
final class SummaryDraft {
    /// Ids of files that aren't sessions have this status.
    static final String NONE = "";

    private @Nullable Instant created;
    private Instant modified = Instant.EPOCH;
    private String directory = "";
    String title = "";
    String tag = "";
    String lastPrompt = "";
    private int turns;
    private boolean open;

    SummaryDraft plus(Iterable<Entry> entries) {
        entries.forEach(this::plus);
        return this;
    }

    void plus(Entry entry) {
        at(entry.at());
        switch (entry.event()) {
            case Event.Opened e -> directory = e.directory();
            case Event.Prompted e -> {
                turns = open ? turns : Math.max(turns, e.turn());
                open = true;
                prompted(ContentBlock.text(e.content()));
            }
            case Event.TurnEnded e -> {
                turns = Math.max(turns, e.turn());
                open = false;
            }
            case Event.Rewound e -> open = false;
            case Event.Renamed e -> title = e.title();
            case Event.Tagged e -> tag = e.tag();
            case Event.Queued e -> {}
            case Event.Unqueued e -> {}
            case Event.Noted e -> {}
            case Event.Replied e -> {}
            case Event.Spent e -> {}
            case Event.PermissionAsked e -> {}
            case Event.PermissionDecided e -> {}
            case Event.ToolStarted e -> {}
            case Event.ToolFinished e -> {}
            case Event.HookRan e -> {}
            case Event.PermissionsChanged e -> {}
            case Event.TaskEnded e -> {}
            case Event.ModelChanged e -> {}
            case Event.ModeChanged e -> {}
            case Event.DirectoryChanged e -> {}
            case Event.FilesTracked e -> {}
            case Event.Exposed e -> {}
            case Event.FileSaved e -> {}
            case Event.Compacted e -> {}
            case Event.Unknown e -> {}
        }
    }

    void at(Instant at) {
        created = created == null ? at : created;
        modified = at;
    }

    private void prompted(String text) {
        var line = Summaries.title(text);
        lastPrompt = line.isEmpty() ? lastPrompt : line;
    }

    /// A line of a file of which only a part is read.
    void plus(TranscriptLine line, byte[] bytes) {
        if (line.ours) {
            plus(
                    new Entry(
                            line.number,
                            line.entryId(),
                            line.at(),
                            line.event(line.draft.content, bytes)));
            return;
        }
        switch (line.type) {
            case "custom-title" -> title = line.draft.title;
            case "tag" -> tag = line.draft.tag;
            case "assistant" -> at(line.at());
            case "user" -> foreignUser(line);
            default -> {}
        }
    }

    private void foreignUser(TranscriptLine line) {
        at(line.at());
        directory = directory.isEmpty() && line.cwd != null ? line.cwd : directory;
        boolean result =
                line.draft.content.stream().anyMatch(ContentBlock.ToolResult.class::isInstance);
        if (!result && !line.meta && !line.sidechain) {
            turns++;
            prompted(ContentBlock.text(line.draft.content));
        }
    }

    IndexFile.Row row(SessionId id, long size, FileTime stamp) {
        return new IndexFile.Row(
                id.value(),
                size,
                stamp.toMillis(),
                created == null ? 0 : created.toEpochMilli(),
                modified.toEpochMilli(),
                turns,
                created == null ? NONE : open ? "interrupted" : "completed",
                tag,
                directory,
                title.isEmpty() ? lastPrompt : title);
    }

    static SessionSummary summary(IndexFile.Row row, boolean held) {
        return new SessionSummary(
                new SessionId(row.session()),
                row.title(),
                row.directory(),
                row.tag().isEmpty() ? null : row.tag(),
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.modified()),
                held ? "active" : row.status(),
                row.turns(),
                row.size());
    }
}
