package dev.bowline.cli.frame;

import dev.bowline.Bowline;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.TurnState;
import dev.bowline.transcript.Update;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns a session's updates into frames, in order. Without partial messages a block's frame
/// follows the durable reply; with them it comes as soon as the block is complete, before its
/// `content_block_stop`. Used by the turn's thread, and by the caller when the turn has ended.
public final class Frames {
    /// What the first frame of a turn says about the run. `tools` and `servers` (name and status)
    /// are asked anew for each turn; `keySource` names where the credentials come from, `partials`
    /// whether pieces of messages are wanted.
    public record Surroundings(
            String sessionId,
            Path directory,
            List<Path> additionalDirectories,
            Supplier<List<String>> tools,
            Supplier<Map<String, String>> servers,
            String keySource,
            boolean partials,
            List<String> capabilities,
            List<String> commands) {}

    /// The version of the engine protocol that programs of the field compare with; not our own.
    public static final String PROTOCOL_VERSION = "2.1.329";

    private static final String TAG = "<tool_use_error>";
    private static final String END_TAG = "</tool_use_error>";

    private final Surroundings around;
    private final FrameIds ids = new FrameIds();
    private final Consumer<String> out;
    private final List<UUID> spoken = new ArrayList<>();
    private List<UUID> superseded = List.of();
    private String messageId = "";
    private String model = "";
    private Usage usage = Usage.NONE;
    private boolean requesting;

    public Frames(Surroundings around, Consumer<String> out) {
        this.around = around;
        this.out = out;
    }

    /// The first frame of a turn.
    public void init(String model, String mode) {
        send(
                ids.get(),
                frame -> {
                    frame.field("type", "system")
                            .field("subtype", "init")
                            .field("cwd", around.directory().toString())
                            .field("original_cwd", around.directory().toString());
                    strings(frame.name("tools"), around.tools().get());
                    servers(frame.name("mcp_servers"), around.servers().get());
                    frame.field("model", model).field("permissionMode", mode);
                    strings(frame.name("slash_commands"), around.commands());
                    frame.field("apiKeySource", around.keySource())
                            .field("claude_code_version", PROTOCOL_VERSION)
                            .field("bowline_version", Bowline.VERSION)
                            .field("output_style", "default");
                    strings(frame.name("agents"), List.of());
                    strings(frame.name("skills"), List.of());
                    strings(frame.name("plugins"), List.of());
                    strings(
                            frame.name("additional_directories"),
                            around.additionalDirectories().stream().map(Path::toString).toList());
                    strings(frame.name("capabilities"), around.capabilities());
                });
    }

    private static void servers(JsonOut out, Map<String, String> servers) {
        out.beginArray();
        servers.forEach((name, status) ->
                out.beginObject().field("name", name).field("status", status).endObject());
        out.endArray();
    }

    /// A message of the user's, said again for programs that want to see what was taken up.
    public void replay(Event.Prompted prompted, Instant at) {
        send(
                prompted.promptId(),
                frame -> {
                    frame.field("type", "user")
                            .name("message")
                            .beginObject()
                            .field("role", "user")
                            .name("content");
                    Blocks.writeAsSaid(frame, prompted.content());
                    frame.endObject()
                            .name("parent_tool_use_id")
                            .nothing()
                            .field("timestamp", at.toString())
                            .field("isReplay", true);
                });
    }

    /// A notice of the given kind, between other frames. Safe for any thread.
    public void system(String subtype, Consumer<JsonOut> fields) {
        send(
                ids.get(),
                frame -> {
                    frame.field("type", "system").field("subtype", subtype);
                    fields.accept(frame);
                });
    }

    /// One update. `record` has seen it before.
    public void update(Update update, TurnRecord record) {
        switch (update) {
            case Update.Delta(UUID entry, StreamEvent event) -> delta(entry, event, record);
            case Entry entry -> entry(entry, record);
            case Update.Snapshot any -> {}
            case Update.Progress any -> {}
            case Update.Compacting(var trigger, var failure) -> {
                if (failure == null) {
                    CompactionFrames.begun(this);
                } else {
                    CompactionFrames.failed(this, failure);
                }
            }
            case Update.Running running -> progress(running);
            case Update.Task any -> {}
        }
    }

    /// A call that takes long is still at work.
    private void progress(Update.Running running) {
        send(
                ids.get(),
                frame ->
                        frame.field("type", "tool_progress")
                                .field(
                                        "tool_use_id",
                                        running.toolUseId()
                                                + "-heartbeat-"
                                                + (running.elapsed().toSeconds() / 30 - 1))
                                .field("tool_name", running.tool())
                                .field("parent_tool_use_id", running.toolUseId())
                                .field("elapsed_time_seconds", running.elapsed().toSeconds())
                                .field("heartbeat", true));
    }

    /// The model is being asked; told to hosts that want pieces of messages, once per request.
    public void requesting() {
        if (around.partials() && !requesting) {
            requesting = true;
            system("status", frame -> frame.field("status", "requesting"));
        }
    }

    private void delta(UUID entry, StreamEvent event, TurnRecord record) {
        switch (event) {
            case StreamEvent.Retrying again -> retrying(again);
            case StreamEvent.MessageStarted started -> {
                if (!spoken.isEmpty()) {
                    voided();
                }
                messageId = started.messageId();
                model = started.model();
                usage = started.usage();
                requesting();
                partial(event, frame -> frame.field("ttft_ms", record.millisSinceRequest()));
            }
            case StreamEvent.BlockStopped(int index, ContentBlock block) -> {
                if (around.partials()) {
                    speak(Entry.blockId(entry, index), block);
                }
                partial(event, more -> {});
            }
            case StreamEvent any -> partial(any, more -> {});
        }
    }

    private void partial(StreamEvent event, Consumer<JsonOut> more) {
        if (around.partials()) {
            send(
                    ids.get(),
                    frame -> {
                        frame.field("type", "stream_event").name("event");
                        StreamEvents.write(frame, event);
                        frame.field("parent_tool_use_id", Json.NULL);
                        if (!messageId.isEmpty()) {
                            frame.field("api_message_id", messageId);
                        }
                        more.accept(frame);
                    });
        }
    }

    private void retrying(StreamEvent.Retrying again) {
        voided();
        var status = again.status();
        send(
                ids.get(),
                frame -> {
                    frame.field("type", "system")
                            .field("subtype", "api_retry")
                            .field("attempt", again.attempt())
                            .field("max_retries", again.maxRetries())
                            .field("retry_delay_ms", again.delay().toMillis())
                            .name("error_status");
                    if (status == null) {
                        frame.nothing();
                    } else {
                        frame.number(status);
                    }
                    frame.field("error", Ending.retryError(status));
                });
    }

    /// What was said of a message that failed gets successors instead.
    private void voided() {
        if (!spoken.isEmpty()) {
            superseded = List.copyOf(spoken);
            spoken.clear();
        }
    }

    private void speak(UUID id, ContentBlock block) {
        spoken.add(id);
        assistant(id, messageId, model, List.of(block), usage, null, null, false);
    }

    private void entry(Entry entry, TurnRecord record) {
        switch (entry.event()) {
            case Event.Replied replied -> replied(entry, replied);
            case Event.ToolFinished finished -> finished(entry, finished);
            case Event.PermissionDecided(String id, Decision.Deny deny, String by)
                    when by.equals("policy") || by.equals("timeout") ->
                    denied(id, deny, by, record);
            case Event.Noted(var kind, var any)
                    when kind == Event.NoteKind.TASK || kind == Event.NoteKind.HOOK -> {}
            case Event.Noted noted -> noted(entry, noted);
            case Event.HookRan ran when ran.message() != null -> said(ran, ran.message());
            case Event.ModeChanged(String mode) -> mode(mode);
            case Event.Compacted done when done.trigger().equals("auto") -> {
                CompactionFrames.summary(this, entry, done);
                CompactionFrames.over(this);
            }
            case Event any -> {}
        }
    }

    /// The permission mode is another one now.
    public void mode(String mode) {
        system("status", frame -> frame.field("status", Json.NULL).field("permissionMode", mode));
    }

    private void replied(Entry entry, Event.Replied replied) {
        boolean aborted = replied.stopReason().wire().equals("aborted");
        for (int i = 0; i < replied.content().size(); i++) {
            var id = entry.blockId(i);
            if (!spoken.contains(id)) {
                var known = replied.messageId().equals(messageId) ? usage : replied.usage();
                assistant(
                        id,
                        replied.messageId(),
                        replied.model(),
                        List.of(replied.content().get(i)),
                        known,
                        null,
                        replied.requestId(),
                        aborted);
            }
        }
        spoken.clear();
        superseded = List.of();
        requesting = false;
    }

    private void assistant(
            UUID id,
            String messageId,
            String model,
            List<ContentBlock> content,
            Usage usage,
            @Nullable String error,
            @Nullable String requestId,
            boolean aborted) {
        send(
                id,
                frame -> {
                    frame.field("type", "assistant")
                            .name("message")
                            .beginObject()
                            .field("id", messageId)
                            .field("type", "message")
                            .field("role", "assistant")
                            .field("model", model)
                            .name("content");
                    Blocks.writeAll(frame, content);
                    if (error == null) {
                        frame.field("stop_reason", Json.NULL).field("stop_sequence", Json.NULL);
                    } else {
                        frame.field("stop_reason", "stop_sequence").field("stop_sequence", "");
                    }
                    Blocks.usage(frame.name("usage"), usage);
                    frame.field("context_management", Json.NULL)
                            .endObject()
                            .field("parent_tool_use_id", Json.NULL)
                            .field("timestamp", Instant.now().toString());
                    if (error != null) {
                        frame.field("error", error).field("is_api_error_message", true);
                    }
                    if (requestId != null) {
                        frame.field("request_id", requestId);
                    }
                    if (aborted) {
                        frame.field("aborted", true);
                    }
                    if (!superseded.isEmpty()) {
                        strings(
                                frame.name("supersedes"),
                                superseded.stream().map(UUID::toString).toList());
                        superseded = List.of();
                    }
                });
    }

    private void finished(Entry entry, Event.ToolFinished finished) {
        send(
                entry.id(),
                frame -> {
                    frame.field("type", "user").name("message").beginObject().field("role", "user");
                    frame.name("content").beginArray();
                    Blocks.result(
                            frame,
                            finished.toolUseId(),
                            finished.content(),
                            finished.isError(),
                            finished.tool().equals("Bash"),
                            finished.tool().startsWith("mcp__"));
                    frame.endArray()
                            .endObject()
                            .field("parent_tool_use_id", Json.NULL)
                            .field("timestamp", entry.at().toString())
                            .name("tool_use_result");
                    var structured = finished.structured();
                    if (finished.isError()) {
                        frame.string(problem(ContentBlock.text(finished.content())));
                    } else if (structured != null
                            && !finished.tool().equals(TurnState.OUTPUT_TOOL)) {
                        frame.rawLine(structured);
                    } else {
                        frame.string(ContentBlock.text(finished.content()));
                    }
                });
    }

    /// A failure for programs: without the tags that are for the model.
    private static String problem(String text) {
        var plain =
                text.startsWith(TAG) && text.endsWith(END_TAG)
                        ? text.substring(TAG.length(), text.length() - END_TAG.length())
                        : text;
        return plain.startsWith("InputValidationError: ") || plain.startsWith("Error: ")
                ? plain
                : "Error: " + plain;
    }

    private void denied(String id, Decision.Deny deny, String by, TurnRecord record) {
        send(
                ids.get(),
                frame ->
                        frame.field("type", "system")
                                .field("subtype", "permission_denied")
                                .field(
                                        "tool_name",
                                        record.call(id).map(ContentBlock.ToolUse::name).orElse(""))
                                .field("tool_use_id", id)
                                .field("decision_reason_type", reasonType(deny, by))
                                .field("decision_reason", deny.reason())
                                .field("message", deny.message()));
    }

    private static String reasonType(Decision.Deny deny, String by) {
        return by.equals("hook")
                ? "hook"
                : deny.reason().startsWith("deny rule")
                        ? "rule"
                        : deny.reason().startsWith("mode ") ? "mode" : "other";
    }

    /// What a hook wants the user to read.
    private void said(Event.HookRan ran, String message) {
        var about = ran.about() == null ? "" : ":" + ran.about();
        system(
                "informational",
                frame ->
                        frame.field("content", ran.event() + about + " says: " + message)
                                .field("level", "notice"));
    }

    private void noted(Entry entry, Event.Noted noted) {
        send(
                entry.id(),
                frame -> {
                    frame.field("type", "user").name("message").beginObject().field("role", "user");
                    Blocks.writeAll(frame.name("content"), noted.content());
                    frame.endObject()
                            .field("parent_tool_use_id", Json.NULL)
                            .field("timestamp", entry.at().toString());
                    if (noted.kind() != Event.NoteKind.INTERRUPTED) {
                        frame.field("isSynthetic", true);
                    }
                });
    }

    /// The frames that end a turn: an announcement of an API failure, and the one result.
    public void result(Ending ending, TurnRecord record, SessionState state) {
        result(ending, record, state, more -> {});
    }

    /// The same with further fields.
    public void result(
            Ending ending, TurnRecord record, SessionState state, Consumer<JsonOut> more) {
        var error = ending.assistantError();
        if (error != null) {
            var id = ids.get();
            assistant(
                    id,
                    id.toString(),
                    "<synthetic>",
                    List.of(new ContentBlock.Text(ending.text())),
                    Usage.NONE,
                    error,
                    null,
                    false);
        }
        send(
                ids.get(),
                frame -> {
                    ResultFrame.write(frame, ending, record, state);
                    more.accept(frame);
                });
    }

    /// A list of texts.
    public static void strings(JsonOut out, List<String> all) {
        out.beginArray();
        all.forEach(out::string);
        out.endArray();
    }

    /// A new name for a frame.
    UUID fresh() {
        return ids.get();
    }

    /// One frame; `uuid` and `session_id` are added.
    void send(UUID id, Consumer<JsonOut> fields) {
        try (var frame = JsonOut.toText()) {
            frame.beginObject();
            fields.accept(frame);
            frame.field("uuid", id.toString()).field("session_id", around.sessionId()).endObject();
            out.accept(frame.text());
        }
    }
}
