package dev.bowline.transcript;

import dev.bowline.message.ContentBlock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes entries from the lines of another program: the branch that ends with the last message,
/// with all blocks of its replies and all results of its calls. What such lines don't say is set to
/// nothing: no cost, no duration, the mode `default`.
final class ForeignLines {
    private static final String INTERRUPTED = "[Request interrupted by user";

    private final SessionId session;
    private final List<TranscriptLine> lines;
    private final List<Entry> before;
    private final Map<Long, List<Links.Name>> namesBefore;
    private final List<Entry> made = new ArrayList<>();
    private final Map<Long, List<Links.Name>> names = new HashMap<>();
    private final Map<String, String> tools = new HashMap<>();
    private int turn;
    private boolean open;
    private @Nullable Outcome end;
    private String title = "";
    private String tag = "";
    private boolean opened;

    ForeignLines(
            SessionId session,
            List<TranscriptLine> lines,
            List<Entry> before,
            Map<Long, List<Links.Name>> namesBefore) {
        this.session = session;
        this.lines = lines;
        this.before = before;
        this.namesBefore = namesBefore;
    }

    /// Whether a line can become an entry, or links others that can.
    static boolean matters(TranscriptLine line) {
        return line.uuid != null || line.type.equals("custom-title") || line.type.equals("tag");
    }

    List<Entry> entries() {
        return made;
    }

    Map<Long, List<Links.Name>> names() {
        return names;
    }

    void read() {
        before.forEach(this::remember);
        var chain = chain();
        if (!chain.isEmpty()) {
            begin(chain.getFirst());
            says(chain);
        }
        for (var line : lines) {
            metadata(line);
        }
    }

    private void remember(Entry entry) {
        switch (entry.event()) {
            case Event.Opened e -> opened = true;
            case Event.Prompted e -> {
                turn = e.turn();
                open = true;
            }
            case Event.TurnEnded e -> open = false;
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

    private void metadata(TranscriptLine line) {
        if (line.type.equals("custom-title") && !line.draft.title.equals(title)) {
            title = line.draft.title;
            add(line, new Event.Renamed(title));
        } else if (line.type.equals("tag") && !line.draft.tag.equals(tag)) {
            tag = line.draft.tag;
            add(line, new Event.Tagged(tag));
        }
    }

    /// The branch that ends with the last message, oldest first.
    private List<TranscriptLine> chain() {
        var links = new HashMap<String, TranscriptLine>();
        TranscriptLine leaf = null;
        for (var line : lines) {
            if (line.uuid != null) {
                links.put(line.uuid, line);
                leaf = isMessage(line) && !line.meta && !line.fromTeam ? line : leaf;
            }
        }
        var branch = new ArrayList<TranscriptLine>();
        var seen = new HashSet<TranscriptLine>();
        for (var at = leaf; at != null && seen.add(at); at = parent(at, links)) {
            branch.add(at);
        }
        Collections.reverse(branch);
        return whole(branch);
    }

    private static @Nullable TranscriptLine parent(
            TranscriptLine line, Map<String, TranscriptLine> links) {
        return line.parent == null ? null : links.get(line.parent);
    }

    private static boolean isMessage(TranscriptLine line) {
        return !line.sidechain && (line.type.equals("user") || line.type.equals("assistant"));
    }

    /// Adds what parallel calls put beside the branch: further blocks of a reply, and results.
    private List<TranscriptLine> whole(List<TranscriptLine> branch) {
        var replies = new HashMap<String, List<TranscriptLine>>();
        var results = new HashMap<String, TranscriptLine>();
        for (var line : lines) {
            if (isMessage(line) && line.type.equals("assistant")) {
                replies.computeIfAbsent(line.draft.messageId, id -> new ArrayList<>()).add(line);
            } else if (isMessage(line)) {
                for (var block : line.draft.content) {
                    if (block instanceof ContentBlock.ToolResult result) {
                        results.putIfAbsent(result.toolUseId(), line);
                    }
                }
            }
        }
        var on = Set.copyOf(branch);
        var whole = new LinkedHashSet<TranscriptLine>();
        for (var line : branch) {
            if (!line.type.equals("assistant")) {
                whole.add(line);
                continue;
            }
            var blocks = replies.getOrDefault(line.draft.messageId, List.of(line));
            whole.addAll(blocks);
            blocks.stream()
                    .flatMap(block -> block.draft.content.stream())
                    .filter(ContentBlock.ToolUse.class::isInstance)
                    .map(use -> results.get(((ContentBlock.ToolUse) use).id()))
                    .filter(result -> result != null && !on.contains(result))
                    .forEach(whole::add);
        }
        return List.copyOf(whole);
    }

    /// What must be there before the first message: an opened session, and no other branch.
    private void begin(TranscriptLine first) {
        if (!opened) {
            var model =
                    lines.stream()
                            .filter(line -> line.type.equals("assistant"))
                            .map(line -> line.draft.model)
                            .findFirst()
                            .orElse("");
            var directory = first.cwd == null ? "" : first.cwd;
            add(first, new Event.Opened(directory, model, "default", "", null));
            return;
        }
        var links = new Links(before, namesBefore);
        var parent = first.parent;
        if (parent == null) {
            back(first, new Event.Rewound(0));
        } else if (!parent.equals(links.headAt(Long.MAX_VALUE, 0))) {
            links.find(parent)
                    .ifPresent(at -> back(first, new Event.Rewound(at.number(), at.blocks())));
        }
    }

    private void back(TranscriptLine first, Event.Rewound to) {
        add(first, to);
        open = false;
    }

    private void says(List<TranscriptLine> chain) {
        for (int i = 0; i < chain.size(); i++) {
            var line = chain.get(i);
            if (!isMessage(line) || line.draft.model.equals("<synthetic>")) {
                beside(line);
                continue;
            }
            if (line.type.equals("user")) {
                user(line);
                continue;
            }
            var content = new ArrayList<>(line.draft.content);
            var parts = new ArrayList<Links.Name>();
            name(line, content.size(), parts);
            while (i + 1 < chain.size() && sameReply(line, chain.get(i + 1))) {
                content.addAll(chain.get(++i).draft.content);
                name(chain.get(i), content.size(), parts);
            }
            replied(line, chain.get(i), content, parts);
        }
        if (open && end != null) {
            finish(chain.getLast());
        }
    }

    private static void name(TranscriptLine line, int blocks, List<Links.Name> to) {
        if (line.uuid != null) {
            to.add(new Links.Name(line.uuid, Math.max(1, blocks)));
        }
    }

    /// A line of the branch that says nothing names what was said before it.
    private void beside(TranscriptLine line) {
        if (!made.isEmpty() && line.uuid != null) {
            var known = names.computeIfAbsent(made.getLast().number(), n -> new ArrayList<>());
            int blocks = known.isEmpty() ? 1 : known.getLast().blocks();
            known.add(new Links.Name(line.uuid, blocks));
        }
    }

    private static boolean sameReply(TranscriptLine line, TranscriptLine next) {
        return next.type.equals("assistant")
                && next.draft.messageId.equals(line.draft.messageId)
                && !next.draft.messageId.isEmpty();
    }

    private void replied(
            TranscriptLine line,
            TranscriptLine last,
            List<ContentBlock> content,
            List<Links.Name> parts) {
        var draft = last.draft;
        boolean calls = false;
        for (var block : content) {
            if (block instanceof ContentBlock.ToolUse use) {
                tools.put(use.id(), use.name());
                calls = true;
            }
        }
        end = calls ? null : new Outcome.Completed(ContentBlock.text(content), draft.stopReason);
        var reply =
                new Event.Replied(
                        draft.messageId,
                        draft.model,
                        List.copyOf(content),
                        draft.stopReason,
                        draft.stopDetails,
                        draft.usage,
                        -1,
                        draft.request,
                        Duration.ZERO);
        link(line, parts, reply);
    }

    private void user(TranscriptLine line) {
        var content = line.draft.content;
        var rest = new ArrayList<ContentBlock>();
        for (var block : content) {
            if (block instanceof ContentBlock.ToolResult result) {
                result(line, result);
            } else {
                rest.add(block);
            }
        }
        if (rest.isEmpty()) {
            return;
        }
        if (rest.size() < content.size() || line.meta) {
            link(line, new Event.Noted(Event.NoteKind.REMINDER, List.copyOf(rest)));
        } else if (ContentBlock.text(rest).startsWith(INTERRUPTED)) {
            link(line, new Event.Noted(Event.NoteKind.INTERRUPTED, content));
            end = new Outcome.Interrupted("user");
        } else {
            prompt(line, line.draft.said());
        }
    }

    private void result(TranscriptLine line, ContentBlock.ToolResult result) {
        var event =
                new Event.ToolFinished(
                        result.toolUseId(),
                        tools.getOrDefault(result.toolUseId(), ""),
                        result.content(),
                        result.isError() ? "tool_failed" : null,
                        result.isError() ? null : line.draft.structured,
                        Duration.ZERO);
        link(line, event);
        end = null;
    }

    private void prompt(TranscriptLine line, List<ContentBlock> content) {
        if (open) {
            finish(line);
        }
        open = true;
        end = null;
        link(line, new Event.Prompted(line.promptId(), ++turn, content, "user"));
    }

    private void finish(TranscriptLine line) {
        var outcome = end == null ? new Outcome.Interrupted("process") : end;
        add(line, new Event.TurnEnded(turn, outcome, EventDraft.noFigures()));
        open = false;
        end = null;
    }

    private void link(TranscriptLine line, Event event) {
        var own = new ArrayList<Links.Name>();
        name(line, 1, own);
        link(line, own, event);
    }

    private void link(TranscriptLine line, List<Links.Name> parts, Event event) {
        long number = next();
        if (!parts.isEmpty()) {
            names.put(number, parts);
        }
        made.add(new Entry(number, line.entryId(), line.at(), event));
    }

    /// An entry without a line of its own: its id follows from the session and the number.
    private void add(TranscriptLine line, Event event) {
        long number = next();
        var name = (session + "/" + number).getBytes(StandardCharsets.UTF_8);
        made.add(new Entry(number, UUID.nameUUIDFromBytes(name), at(line), event));
    }

    private Instant at(TranscriptLine line) {
        var at = line.at();
        if (!at.equals(Instant.EPOCH)) {
            return at;
        }
        return !made.isEmpty()
                ? made.getLast().at()
                : before.isEmpty() ? Instant.EPOCH : before.getLast().at();
    }

    private long next() {
        return before.size() + made.size() + 1L;
    }
}
