package dev.bowline.transcript;

import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes entries as lines that other programs can read: messages as links of a chain, one line per
/// content block of a reply, everything else as lines of our own. What the official members don't
/// say goes into the member `bowline`, which also says how many lines of the same append follow.
final class LineWriter {
    /// Form of the `bowline` member; readers keep lines of higher versions as they are.
    static final int VERSION = 1;

    /// Longer prompts are cut in `last-prompt` lines.
    private static final int LAST_PROMPT = 200;

    /// Finds the link of the chain that counts after a rewind to a place.
    interface Heads {
        @Nullable String at(long to, int blocks);
    }

    private final SessionId session;
    private final Heads headAt;
    private final JsonOut out;
    private LineChain chain;
    private final TreeMap<Long, Entry> links = new TreeMap<>();
    private long lowest = Long.MAX_VALUE;
    private int lowestBlocks;
    private int left;

    LineWriter(SessionId session, LineChain chain, Heads headAt, JsonOut out) {
        this.session = session;
        this.chain = chain;
        this.headAt = headAt;
        this.out = out;
    }

    /// Writes one append and returns what the next one needs to know.
    LineChain append(List<Entry> entries) {
        left = 0;
        for (var entry : entries) {
            left += parts(entry);
        }
        for (var entry : entries) {
            write(entry);
        }
        out.flush();
        return chain;
    }

    private static int parts(Entry entry) {
        return entry.event() instanceof Event.Replied reply
                ? Math.max(1, reply.content().size())
                : 1;
    }

    private void write(Entry entry) {
        switch (entry.event()) {
            case Event.Prompted e -> prompted(entry, e);
            case Event.Noted e -> noted(entry, e);
            case Event.Replied e -> replied(entry, e);
            case Event.ToolFinished e -> finished(entry, e);
            case Event.Renamed e ->
                    metadata(entry, "custom-title", () -> out.field("customTitle", e.title()));
            case Event.Tagged e -> metadata(entry, "tag", () -> out.field("tag", e.tag()));
            case Event.Rewound e -> {
                own(entry);
                chain = chain.withHead(rewound(e)).withUses(Map.of());
            }
            case Event.Opened e -> {
                chain = chain.in(e.directory(), chain.branch(), e.version());
                own(entry);
            }
            case Event.DirectoryChanged e -> {
                chain = chain.in(e.directory(), chain.branch(), chain.version());
                own(entry);
            }
            case Event.Queued e -> own(entry);
            case Event.Unqueued e -> own(entry);
            case Event.Spent e -> own(entry);
            case Event.PermissionAsked e -> own(entry);
            case Event.PermissionDecided e -> own(entry);
            case Event.ToolStarted e -> own(entry);
            case Event.HookRan e -> own(entry);
            case Event.PermissionsChanged e -> own(entry);
            case Event.ModelChanged e -> own(entry);
            case Event.ModeChanged e -> own(entry);
            case Event.FilesTracked e -> own(entry);
            case Event.Exposed e -> own(entry);
            case Event.FileSaved e -> own(entry);
            case Event.Compacted e -> compacted(entry, e);
            case Event.TaskEnded e -> own(entry);
            case Event.TurnEnded e -> own(entry);
            case Event.Unknown e -> own(entry);
        }
    }

    private void own(Entry entry) {
        out.beginObject().field("type", "bowline").field("timestamp", entry.at().toString());
        member(entry, true, 1, 1);
        out.field("sessionId", session.value()).field("cwd", chain.cwd()).endObject().line();
    }

    private void metadata(Entry entry, String type, Runnable official) {
        out.beginObject().field("type", type);
        official.run();
        out.field("sessionId", session.value()).field("timestamp", entry.at().toString());
        member(entry, false, 1, 1);
        out.endObject().line();
    }

    /// The member `bowline`.
    private void member(Entry entry, boolean whole, int part, int of) {
        out.name("bowline")
                .beginObject()
                .field("v", VERSION)
                .field("n", entry.number())
                .field("kind", EventJson.kind(entry.event()));
        if (--left > 0) {
            out.field("left", left);
        }
        if (of > 1) {
            out.field("part", part).field("of", of);
        }
        if (!linked(entry.event())) {
            out.field("id", entry.id().toString());
        }
        if (part == 1) {
            EventJson.write(out, entry.event(), whole);
        }
        out.endObject();
    }

    /// Whether the event's line is a link of the chain, named by the entry's id.
    static boolean linked(Event event) {
        return event instanceof Event.Prompted
                || event instanceof Event.Noted
                || event instanceof Event.ToolFinished
                || event instanceof Event.Compacted
                || event instanceof Event.Replied reply && !reply.content().isEmpty();
    }

    /// Begins a line of the chain. What readers of ours ask for comes first, so that they can stop
    /// after the message.
    private void link(Entry entry, String type, int part, int of) {
        out.beginObject().field("type", type).field("timestamp", entry.at().toString());
        member(entry, false, part, of);
        out.field("uuid", entry.blockId(part - 1).toString());
    }

    private void endLink(Entry entry, int part) {
        out.field("parentUuid", chain.head());
        context();
        chain = chain.withHead(entry.blockId(part - 1).toString());
        links.put(entry.number(), entry);
    }

    /// Where a link belongs; ends its line.
    private void context() {
        out.field("isSidechain", false)
                .field("userType", "external")
                .field("cwd", chain.cwd())
                .field("sessionId", session.value())
                .field("version", chain.version())
                .field("gitBranch", chain.branch())
                .endObject()
                .line();
    }

    /// The last link up to a place: of this append, or of the file.
    private @Nullable String rewound(Event.Rewound back) {
        links.tailMap(back.to(), false).clear();
        if (!links.isEmpty()) {
            var last = links.lastEntry().getValue();
            int blocks = last.number() == back.to() ? back.blocks() : 0;
            return Links.link(last.id(), parts(last), blocks);
        }
        if (back.to() <= lowest) {
            lowest = back.to();
            lowestBlocks = back.blocks();
        }
        return headAt.at(lowest, lowestBlocks);
    }

    private void prompted(Entry entry, Event.Prompted e) {
        link(entry, "user", 1, 1);
        userMessage(e.content());
        out.field("promptId", e.promptId().toString());
        endLink(entry, 1);
        var text = Summaries.title(ContentBlock.text(e.content()), LAST_PROMPT);
        if (!text.isEmpty() && !text.equals(chain.lastPrompt())) {
            chain = chain.prompted(text);
            out.beginObject()
                    .field("type", "last-prompt")
                    .field("lastPrompt", text)
                    .field("leafUuid", chain.head())
                    .field("sessionId", session.value())
                    .endObject()
                    .line();
        }
    }

    private void noted(Entry entry, Event.Noted e) {
        link(entry, "user", 1, 1);
        userMessage(e.content());
        if (e.kind() != Event.NoteKind.INTERRUPTED && e.kind() != Event.NoteKind.USER) {
            out.field("isMeta", true);
        }
        endLink(entry, 1);
    }

    /// A boundary that begins a chain of its own, for other programs only, and the summary.
    private void compacted(Entry entry, Event.Compacted e) {
        var boundary = entry.blockId(1).toString();
        out.beginObject()
                .field("type", "system")
                .field("subtype", "compact_boundary")
                .field("timestamp", entry.at().toString())
                .field("uuid", boundary)
                .field("content", "Conversation compacted")
                .field("level", "info")
                .field("isMeta", false)
                .name("parentUuid")
                .nothing()
                .field("logicalParentUuid", chain.head());
        out.name("compactMetadata")
                .beginObject()
                .field("trigger", e.trigger())
                .field("preTokens", e.preTokens())
                .field("postTokens", e.postTokens())
                .field("durationMs", e.took().toMillis())
                .endObject();
        context();
        chain = chain.withHead(boundary).withUses(Map.of());
        link(entry, "user", 1, 1);
        userMessage(List.of(new ContentBlock.Text(e.summary())));
        out.field("isCompactSummary", true).field("isVisibleInTranscriptOnly", true);
        endLink(entry, 1);
    }

    private void userMessage(List<ContentBlock> content) {
        out.name("message").beginObject().field("role", "user").name("content");
        BlockJson.writeAll(out, content);
        out.endObject();
    }

    private void replied(Entry entry, Event.Replied e) {
        if (e.content().isEmpty()) {
            own(entry);
            return;
        }
        int of = e.content().size();
        var uses = new HashMap<String, String>();
        for (int i = 0; i < of; i++) {
            var block = e.content().get(i);
            link(entry, "assistant", i + 1, of);
            if (e.requestId() != null) {
                out.field("requestId", e.requestId());
            }
            out.name("message");
            EventJson.message(out, e, List.of(block));
            endLink(entry, i + 1);
            if (block instanceof ContentBlock.ToolUse use) {
                uses.put(use.id(), entry.blockId(i).toString());
            }
        }
        chain = chain.withUses(uses.isEmpty() ? Map.of() : uses);
    }

    private void finished(Entry entry, Event.ToolFinished e) {
        link(entry, "user", 1, 1);
        if (e.isError()) {
            out.field("toolUseResult", "Error: " + ContentBlock.text(e.content()));
        } else if (e.structured() != null) {
            out.name("toolUseResult").rawLine(e.structured());
        }
        out.name("message").beginObject().field("role", "user").name("content").beginArray();
        BlockJson.write(out, new ContentBlock.ToolResult(e.toolUseId(), e.content(), e.isError()));
        out.endArray().endObject();
        var asked = chain.uses().get(e.toolUseId());
        if (asked != null) {
            out.field("sourceToolAssistantUUID", asked);
        }
        endLink(entry, 1);
    }

    /// The calls of the last reply, each with the link that asked for it.
    static Map<String, String> uses(List<Entry> entries) {
        for (var entry : entries.reversed()) {
            if (entry.event() instanceof Event.Replied reply) {
                var uses = new HashMap<String, String>();
                for (int i = 0; i < reply.content().size(); i++) {
                    if (reply.content().get(i) instanceof ContentBlock.ToolUse use) {
                        uses.put(use.id(), entry.blockId(i).toString());
                    }
                }
                return uses;
            }
        }
        return Map.of();
    }

    /// A line of metadata alone, for programs that look for it near the end of the file.
    static void repeat(JsonOut out, SessionId session, String type, String name, String value) {
        out.beginObject()
                .field("type", type)
                .field(name, value)
                .field("sessionId", session.value())
                .endObject()
                .line();
    }
}
