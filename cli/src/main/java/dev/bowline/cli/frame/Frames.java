package dev.bowline.cli.frame;

import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Totals;
import dev.bowline.transcript.Update;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns a session's updates into frames, in order. Without partial messages a block's frame
/// follows the durable reply; with them it comes as soon as the block is complete, before its
/// `content_block_stop`. Used by the turn's thread, and by the caller when the turn has ended.
public final class Frames {
    /// An MCP server: its state, and where it comes from, such as `sdk`.
    public record Server(String name, String status, String source) {}

    /// What the first frame of a turn says about the run. `tools` and `servers` are asked anew for
    /// each turn; `keySource` names where the credentials come from, `partials` whether pieces of
    /// messages are wanted, `titles` what a server calls the tool of that name.
    public record Surroundings(
            String sessionId,
            Path directory,
            List<Path> additionalDirectories,
            Supplier<List<String>> tools,
            Supplier<List<Server>> servers,
            String keySource,
            boolean partials,
            List<String> capabilities,
            List<String> commands,
            Function<String, Optional<String>> titles) {}

    /// The version of the engine protocol that programs of the field compare with; not our own.
    public static final String PROTOCOL_VERSION = "2.1.329";

    private final Surroundings around;
    private final FrameIds ids = new FrameIds();
    private final Consumer<String> out;
    private final List<UUID> spoken = new ArrayList<>();
    private List<UUID> superseded = List.of();
    private final LiveMessage live;
    private final ThinkingEstimate thinking = new ThinkingEstimate();
    private boolean requesting;
    private volatile List<UUID> named = List.of();
    private Totals reported = SessionState.EMPTY.totals();
    private boolean heldBack;
    private boolean stopBlocked;
    private boolean answered;

    public Frames(Surroundings around, Consumer<String> out) {
        this.around = around;
        this.out = out;
        this.live = new LiveMessage(this, around.partials());
    }

    /// The first frame of a turn.
    public void init(String model, String mode) {
        send(ids.get(), frame -> InitFrame.write(frame, around, model, mode, named));
    }

    /// The messages that the turn answers, if the host has named them.
    public void answering(List<UUID> prompts) {
        named = List.copyOf(prompts);
        answered = false;
    }

    /// What has been used before this run, so that it isn't reported as new.
    public void used(Totals totals) {
        reported = totals;
    }

    /// The point in time in milliseconds, as other programs write it.
    static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String now() {
        return at(Instant.now());
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
            case Update.Running running -> ToolFrames.progress(this, running);
            case Update.Task any -> {}
        }
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
            case StreamEvent.Retrying again -> {
                voided();
                live.drop();
                NoticeFrames.retrying(this, again);
            }
            case StreamEvent.FellBack other -> {
                voided();
                live.drop();
                NoticeFrames.fellBack(this, other);
            }
            case StreamEvent.MessageStarted started -> {
                voided();
                live.begin(started);
                thinking.message();
                requesting();
                live.show(event, frame -> frame.field("ttft_ms", record.millisSinceRequest()));
            }
            case StreamEvent.BlockStarted(int index, ContentBlock any) -> {
                live.opened(index);
                thinking.block();
                live.show(event);
            }
            case StreamEvent.ThinkingDelta(int index, String piece) -> {
                thought(thinking.read(piece));
                live.show(event);
            }
            case StreamEvent.SignatureDelta(int index, String piece) -> {
                thought(thinking.signed(piece));
                live.show(event);
            }
            case StreamEvent.MessageStopped any -> {
                live.drop();
                live.show(event);
            }
            case StreamEvent.BlockStopped(int index, ContentBlock block) -> {
                live.closed(index);
                if (around.partials()) {
                    speak(Entry.blockId(entry, index), block);
                }
                live.show(event);
            }
            case StreamEvent any -> live.show(any);
        }
    }

    /// The model has thought on, by about so many tokens.
    private void thought(long more) {
        if (more > 0) {
            var known = named;
            system(
                    "thinking_tokens",
                    frame -> {
                        frame.field("estimated_tokens", thinking.tokens())
                                .field("estimated_tokens_delta", more);
                        if (!known.isEmpty()) {
                            frame.field("user_message_uuid", known.getLast().toString());
                        }
                    });
        }
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
        assistant(id, live.id(), live.model(), block, live.usage(), live.requestId(), false);
    }

    private void entry(Entry entry, TurnRecord record) {
        switch (entry.event()) {
            case Event.Replied replied -> replied(entry, replied, record);
            case Event.ToolFinished finished -> ToolFrames.finished(this, entry, finished);
            case Event.PermissionDecided(String id, Decision.Deny deny, String by)
                    when by.equals("policy") || by.equals("timeout") ->
                    ToolFrames.denied(this, id, deny, by, record);
            case Event.Noted(var kind, var any)
                    when kind == Event.NoteKind.TASK || kind == Event.NoteKind.HOOK -> {}
            case Event.Noted noted -> noted(entry, noted);
            case Event.HookRan ran when ran.event().equals("Stop") && ran.message() == null ->
                    stopBlocked |= ran.ruling().equals(HookOutcome.Ruling.REFUSE.name());
            case Event.HookRan ran when ran.message() != null ->
                    NoticeFrames.said(this, ran, ran.message());
            case Event.ModeChanged(String mode) -> mode(mode);
            case Event.Compacted done when done.trigger().equals("auto") -> {
                CompactionFrames.summary(this, entry, done);
                CompactionFrames.over(this);
            }
            case Event.TurnEnded done -> ended(done.outcome());
            case Event any -> {}
        }
    }

    /// The permission mode is another one now.
    public void mode(String mode) {
        system("status", frame -> frame.field("status", Json.NULL).field("permissionMode", mode));
    }

    private void replied(Entry entry, Event.Replied replied, TurnRecord record) {
        if (replied.stopReason().equals(StopReason.REFUSAL)) {
            NoticeFrames.refused(this, replied, record.lastPrompt());
        }
        boolean aborted = replied.stopReason().wire().equals("aborted");
        for (int i = 0; i < replied.content().size(); i++) {
            var id = entry.blockId(i);
            if (!spoken.contains(id)) {
                var known = replied.messageId().equals(live.id()) ? live.usage() : replied.usage();
                assistant(
                        id,
                        replied.messageId(),
                        replied.model(),
                        replied.content().get(i),
                        known,
                        replied.requestId(),
                        aborted);
            }
        }
        spoken.clear();
        superseded = List.of();
        requesting = false;
        answered = true;
    }

    private void assistant(
            UUID id,
            String messageId,
            String model,
            ContentBlock block,
            Usage usage,
            @Nullable String requestId,
            boolean aborted) {
        send(
                id,
                frame -> {
                    AssistantFrame.spoken(frame, messageId, model, block, usage, around.titles());
                    if (requestId != null) {
                        frame.field("request_id", requestId);
                    }
                    if (aborted) {
                        frame.field("aborted", true);
                    }
                    if (!answered) {
                        answers(frame);
                    }
                    if (!superseded.isEmpty()) {
                        ids(frame.name("supersedes"), superseded);
                        superseded = List.of();
                    }
                });
    }

    /// Which messages this is about, for a host that has named them.
    private void answers(JsonOut frame) {
        var known = named;
        if (!known.isEmpty()) {
            frame.field("user_message_uuid", known.getLast().toString());
            ids(frame.name("user_message_uuids"), known);
        }
    }

    static void ids(JsonOut out, List<UUID> all) {
        strings(out, all.stream().map(UUID::toString).toList());
    }

    private void noted(Entry entry, Event.Noted noted) {
        UserFrames.noted(this, entry, noted);
        if (noted.kind() == Event.NoteKind.INTERRUPTED) {
            live.cut();
        }
        stopBlocked &= noted.kind() != Event.NoteKind.STOP_HOOK;
        if (noted.kind() == Event.NoteKind.STOP_HOOK && !heldBack) {
            heldBack = true;
            NoticeFrames.heldBack(this);
        }
    }

    /// A stop hook that has blocked to the last is overruled.
    private void ended(Outcome outcome) {
        if (stopBlocked && outcome instanceof Outcome.Completed) {
            NoticeFrames.letGo(this);
        }
        heldBack = false;
        stopBlocked = false;
    }

    /// The frames that end the only turn of a run: an announcement of an API failure, and the one
    /// result.
    public void result(Ending ending, TurnRecord record, SessionState state) {
        result(
                ending,
                record,
                state,
                more -> more.field("result_index", 0).field("queued_turn_count", 0));
    }

    /// The same with further fields.
    public void result(
            Ending ending, TurnRecord record, SessionState state, Consumer<JsonOut> more) {
        if (ending.assistantError() != null) {
            var id = ids.get();
            send(
                    id,
                    frame -> {
                        AssistantFrame.failure(frame, id, ending);
                        answers(frame);
                    });
        }
        var before = reported;
        reported = state.totals();
        send(
                ids.get(),
                frame -> {
                    ResultFrame.write(frame, ending, record, state, before);
                    if (!named.isEmpty()) {
                        record.firstRequest(frame);
                    }
                    answers(frame);
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
