package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.Rule;
import dev.bowline.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// One event of every kind, with every part filled in, and some with nothing but the necessary.
final class Samples {
    private static final Duration TOOK = Duration.ofNanos(1_234_567);
    private static final Json OBJECT = Json.parse("{\"path\":\"/tmp/ä\",\"n\":[1,2.50,1e3,null]}");
    private static final UUID PROMPT = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private Samples() {}

    static List<ContentBlock> blocks() {
        return List.of(
                new ContentBlock.Text("two\nlines \"quoted\" \uD83D\uDE00"),
                new ContentBlock.Text("cited", Json.parse("{\"citations\":[{\"a\":1}]}")),
                new ContentBlock.Image("image/png", "aGFsbG8="),
                new ContentBlock.Document("application/pdf", "aGFsbG8=", "Title"),
                new ContentBlock.Document("application/pdf", "aGFsbG8=", null),
                new ContentBlock.Unknown(Json.parse("{\"type\":\"later\",\"x\":{\"y\":[1]}}")));
    }

    static List<ContentBlock> spoken() {
        return List.of(
                new ContentBlock.Thinking("hm", "c2ln"),
                new ContentBlock.RedactedThinking("ZGF0YQ=="),
                new ContentBlock.Text("I look."),
                new ContentBlock.ToolUse("toolu_1", "Read", OBJECT),
                new ContentBlock.Unknown(
                        Json.parse("{\"type\":\"server_tool_use\",\"id\":\"s\",\"input\":{}}")));
    }

    static List<Event> events() {
        return Stream.concat(first().stream(), hooksAndPermissions().stream()).toList();
    }

    /// What hooks and permission updates added to the stored form.
    static List<Event> hooksAndPermissions() {
        return List.of(
                new Event.HookRan(
                        "PostToolUse", "h", "NONE", "why", TOOK, "Bash", "look", "enough", true),
                new Event.PermissionsChanged(
                        Json.parse(
                                "{\"type\":\"setMode\",\"mode\":\"plan\",\"destination\":\"session\"}")),
                new Event.PermissionDecided(
                        "toolu_1", new Decision.Allow("yes", null, Updates.all()), "user"),
                new Event.Noted(Event.NoteKind.USER, List.of(new ContentBlock.Text("by the way"))),
                ended(new Outcome.Stopped("PostToolUse", "enough", "")));
    }

    private static List<Event> first() {
        return List.of(
                new Event.Opened("/home/me/project", "claude-x", "default", "0.1.0", null),
                new Event.Opened(
                        "/p", "m", "plan", "0.1.0", new Event.Origin(new SessionId("parent-1"), 7)),
                new Event.Queued(PROMPT, blocks(), "next"),
                new Event.Unqueued(PROMPT),
                new Event.Prompted(PROMPT, 1, List.of(new ContentBlock.Text("Hello")), "user"),
                new Event.Prompted(PROMPT, 1, blocks(), "sdk"),
                new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text("note", null))),
                new Event.Noted(Event.NoteKind.INTERRUPTED, blocks()),
                new Event.Replied(
                        "msg_1",
                        "claude-x",
                        spoken(),
                        StopReason.TOOL_USE,
                        Json.parse("{\"category\":\"x\"}"),
                        new Usage(10, 20, 30, 12, 40, 2),
                        123_456_789L,
                        "req_1",
                        TOOK),
                new Event.Replied(
                        "msg_2",
                        "claude-x",
                        List.of(),
                        StopReason.of("newer"),
                        null,
                        Usage.NONE,
                        -1,
                        null,
                        Duration.ZERO),
                new Event.Spent("claude-x", Usage.of(5, 6), -1, "summary"),
                new Event.PermissionAsked("toolu_1", "Bash", OBJECT, "running: make"),
                new Event.PermissionDecided("toolu_1", new Decision.Allow("rule", OBJECT), "user"),
                new Event.PermissionDecided("toolu_1", new Decision.Allow("rule"), "policy"),
                new Event.PermissionDecided(
                        "toolu_1", new Decision.Deny("rule", "No.", true), "hook"),
                new Event.PermissionDecided("toolu_1", new Decision.Ask("why"), "policy"),
                new Event.ToolStarted("toolu_1", "Bash", Effect.WRITE, OBJECT),
                new Event.ToolFinished(
                        "toolu_1",
                        "Bash",
                        List.of(new ContentBlock.Text("ok")),
                        null,
                        OBJECT,
                        TOOK),
                new Event.ToolFinished("toolu_1", "Bash", blocks(), null, null, TOOK),
                new Event.ToolFinished(
                        "toolu_1",
                        "Bash",
                        List.of(new ContentBlock.Text("bad")),
                        "tool_failed",
                        null,
                        TOOK),
                new Event.ToolFinished("toolu_1", "Bash", List.of(), "tool_crashed", OBJECT, TOOK),
                new Event.HookRan("PreToolUse", "h", "deny", "because", TOOK),
                new Event.HookRan("Stop", "h", "none", null, TOOK),
                new Event.ModelChanged("claude-y"),
                new Event.ModeChanged("acceptEdits"),
                new Event.DirectoryChanged("/elsewhere"),
                new Event.Renamed("A \"title\""),
                new Event.Tagged("blue"),
                new Event.Rewound(3),
                ended(new Outcome.Completed("done", StopReason.END_TURN)),
                ended(new Outcome.Interrupted("user")),
                ended(new Outcome.LimitReached(Outcome.Limit.BUDGET, "1 $")),
                ended(new Outcome.Refused("no", OBJECT)),
                ended(new Outcome.Refused("no", null)),
                ended(new Outcome.Failed("api_server", "broke", 500)),
                new Event.Unknown(Json.parse("{\"kind\":\"from the future\"}")));
    }

    /// Kinds that came later; they have a golden file of their own.
    static List<Event> later() {
        return List.of(
                new Event.Rewound(3, 2),
                new Event.FilesTracked(new UUID(7, 7)),
                new Event.FileSaved(new UUID(7, 7), new SavedFile("/p/a", new SavedFile.Missing())),
                new Event.FileSaved(
                        new UUID(7, 7),
                        new SavedFile("/p/b", new SavedFile.Copied("0a@v1", "rw-r--r--"))),
                new Event.FileSaved(
                        new UUID(7, 7), new SavedFile("/p/c", new SavedFile.Copied("0b@v1", null))),
                new Event.FileSaved(
                        new UUID(7, 7), new SavedFile("/p/d", new SavedFile.Skipped("large"))));
    }

    /// Events that came after the first golden file.
    static List<Event> newer() {
        return List.of(
                new Event.Noted(
                        Event.NoteKind.OUTPUT_MISSING,
                        List.of(new ContentBlock.Text("hand it in"))),
                new Event.Compacted("What \"was\" said.\n", "manual", 3, 1_000, 20, TOOK),
                ended(
                        new Outcome.Completed(
                                "{\"n\":1}", StopReason.TOOL_USE, Json.parse("{\"n\":1}"))));
    }

    /// Kinds that came later than the golden files of version 1.
    static List<Event> laterEvents() {
        return List.of(
                new Event.Exposed("https://example.org"),
                new Event.PermissionAsked(
                        "toolu_1",
                        "Bash",
                        OBJECT,
                        "running: make",
                        List.of(
                                PermissionUpdate.allow(
                                        PermissionUpdate.Destination.SESSION, "Bash(make *)"))),
                ended(new Outcome.Deferred("toolu_1", "Bash", OBJECT)),
                new Event.TaskEnded(
                        "b1", "toolu_1", "local_bash", "Build", "failed", "/tmp/o", "It failed"),
                new Event.Noted(Event.NoteKind.TASK, List.of(new ContentBlock.Text("it failed"))),
                new Event.Prompted(
                        PROMPT,
                        1,
                        List.of(new ContentBlock.Text("in a list", Json.EMPTY_OBJECT)),
                        "sdk"),
                new Event.Queued(
                        PROMPT,
                        List.of(new ContentBlock.Text("in a list", Json.EMPTY_OBJECT)),
                        "later"));
    }

    /// One permission update of every kind.
    private static final class Updates {
        static List<PermissionUpdate> all() {
            var session = PermissionUpdate.Destination.SESSION;
            var rules = List.of(Rule.parse("Bash(npm run *)"), Rule.parse("mcp__a__b"));
            var paths = List.of(Path.of("/data"));
            return List.of(
                    new PermissionUpdate.AddRules(
                            rules,
                            PermissionUpdate.Behavior.ALLOW,
                            PermissionUpdate.Destination.LOCAL_SETTINGS),
                    new PermissionUpdate.ReplaceRules(
                            rules, PermissionUpdate.Behavior.DENY, session),
                    new PermissionUpdate.RemoveRules(rules, PermissionUpdate.Behavior.ASK, session),
                    new PermissionUpdate.SetMode(PermissionMode.ACCEPT_EDITS, session),
                    new PermissionUpdate.AddDirectories(paths, session),
                    new PermissionUpdate.RemoveDirectories(paths, session));
        }
    }

    private static Event ended(Outcome outcome) {
        return new Event.TurnEnded(
                1, outcome, new Event.Figures(TOOK, TOOK, TOOK, TOOK, Duration.ZERO, 2, 3));
    }

    /// All kinds.
    static List<Event> all() {
        return Stream.of(events(), later(), newer(), laterEvents()).flatMap(List::stream).toList();
    }

    static List<Entry> entries() {
        return numbered(events());
    }

    static List<Entry> numbered(List<Event> events) {
        var entries = new ArrayList<Entry>();
        for (var event : events) {
            long number = entries.size() + 1L;
            entries.add(
                    new Entry(
                            number,
                            new UUID(0x0123456789ab4defL, 0x8000000000000000L + (number << 12)),
                            Instant.parse("2026-11-20T14:00:00.123456789Z").plusMillis(number * 7),
                            event));
        }
        return entries;
    }
}
