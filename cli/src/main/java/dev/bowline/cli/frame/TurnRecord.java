package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a turn's updates say that its final state does not: refusals, times, where an interrupt
/// struck. Listens on the turn's thread and is read when the turn has ended.
public final class TurnRecord {
    /// A call that was not allowed to run; `reason` names the rule, mode, hook or person.
    public record Denial(
            String tool, String toolUseId, Json input, String reason, String message) {}

    private static final String WITHDRAWN = "The question was withdrawn by an interrupt.";

    private final TimeSource time;
    private final String command;
    private final long began;
    private long asked;
    private final List<Denial> denials = new ArrayList<>();
    private final Map<String, ContentBlock.ToolUse> calls = new HashMap<>();
    private final StringBuilder cut = new StringBuilder();
    private long firstByte = -1;
    private long firstContent = -1;
    private boolean inTools;
    private boolean ran;
    private int answersOfUser;
    private @Nullable String stopReason;
    private Event.@Nullable Figures figures;
    private @Nullable Json structured;
    private long sent = -1;
    private @Nullable Usage first;
    private @Nullable UUID lastPrompt;

    public TurnRecord(TimeSource time) {
        this(time, "");
    }

    /// Of a command that is carried out without asking the model.
    public TurnRecord(TimeSource time, String command) {
        this.time = time;
        this.command = command;
        this.began = time.nanos();
        this.asked = began;
    }

    public void update(Update update) {
        switch (update) {
            case Update.Delta(_, StreamEvent event) -> delta(event);
            case Entry entry -> {
                if (entry.event() instanceof Event.ToolFinished) {
                    asked = time.nanos();
                }
                entry(entry.event());
            }
            case Update.Snapshot any -> {}
            case Update.Progress any -> {}
            case Update.Compacting any -> {}
            case Update.Running any -> {}
            case Update.Task any -> {}
        }
    }

    /// Since the turn began or the last call ended: how long the model has been asked.
    long millisSinceRequest() {
        return Duration.ofNanos(time.nanos() - asked).toMillis();
    }

    private void delta(StreamEvent event) {
        if (firstByte < 0) {
            firstByte = time.nanos();
        }
        if (firstContent < 0 && event instanceof StreamEvent.BlockStarted) {
            firstContent = time.nanos();
        }
    }

    private void entry(Event event) {
        switch (event) {
            case Event.Prompted prompted -> {
                lastPrompt = prompted.promptId();
                sent = ran ? sent : time.now().toEpochMilli();
                ran = true;
            }
            case Event.Replied replied -> replied(replied);
            case Event.PermissionDecided(String id, Decision.Deny deny, String by) ->
                    denied(id, deny);
            case Event.ToolFinished any -> answersOfUser++;
            case Event.Noted(var kind, var content) -> noted(kind, content);
            case Event.TurnEnded ended -> ended(ended);
            case Event any -> {}
        }
    }

    private void noted(Event.NoteKind kind, List<ContentBlock> content) {
        switch (kind) {
            case INTERRUPTED -> {
                inTools = ContentBlock.text(content).contains("tool use");
                answersOfUser++;
            }
            case STOP_HOOK, CONTINUE, OUTPUT_MISSING -> answersOfUser++;
            case HOOK, REMINDER, USER, TASK -> {}
        }
    }

    /// How often the conversation went back and forth, as the field counts: one more than the
    /// results of calls and what the engine said itself; 0 for a turn that did not begin.
    int turns() {
        return ran ? answersOfUser + 1 : 0;
    }

    private void ended(Event.TurnEnded ended) {
        figures = ended.figures();
        structured = ended.outcome() instanceof Outcome.Completed done ? done.structured() : null;
    }

    /// The name of the command that this is of, or empty.
    String command() {
        return command;
    }

    /// The structured output of the turn, or null.
    @Nullable Json structured() {
        return structured;
    }

    /// What the turn's first request took: when it was sent, and what it was charged for.
    void firstRequest(JsonOut frame) {
        var usage = first;
        if (usage != null) {
            frame.field("request_sent_wall_ms", sent)
                    .field("first_request_input_tokens", usage.inputTokens())
                    .field("first_request_cache_read_input_tokens", usage.cacheReadTokens());
        }
    }

    private void replied(Event.Replied replied) {
        first = first == null ? replied.usage() : first;
        stopReason = replied.stopReason().wire();
        if (replied.stopReason().equals(StopReason.MAX_TOKENS)
                || replied.stopReason().equals(StopReason.ABORTED)) {
            cut.append(ContentBlock.text(replied.content()));
        }
        if (firstContent < 0) {
            firstContent = time.nanos();
        }
        for (var block : replied.content()) {
            if (block instanceof ContentBlock.ToolUse use) {
                calls.put(use.id(), use);
            }
        }
    }

    private void denied(String id, Decision.Deny deny) {
        var use = calls.get(id);
        denials.add(
                use == null
                        ? new Denial("", id, Json.EMPTY_OBJECT, deny.reason(), deny.message())
                        : new Denial(use.name(), id, use.input(), deny.reason(), deny.message()));
    }

    /// Nobody has answered whether this call may run: an interrupt came first.
    public void withdrawn(String toolUseId) {
        denied(toolUseId, new Decision.Deny("withdrawn", WITHDRAWN));
    }

    /// The call with this id, if a reply of this turn made it.
    public Optional<ContentBlock.ToolUse> call(String toolUseId) {
        return Optional.ofNullable(calls.get(toolUseId));
    }

    public List<Denial> denials() {
        return denials;
    }

    /// What was said in answers that did not come to their end.
    public String cutText() {
        return cut.toString();
    }

    /// The message that was taken up last, or null before the first.
    @Nullable UUID lastPrompt() {
        return lastPrompt;
    }

    /// Whether the turn has begun at all.
    boolean ran() {
        return ran;
    }

    boolean inTools() {
        return inTools;
    }

    @Nullable String stopReason() {
        return stopReason;
    }

    /// The turn's own figures; before its end, those that a clock gives.
    public Event.Figures figures() {
        var known = figures;
        var none = Duration.ZERO;
        return known != null
                ? known
                : new Event.Figures(since(time.nanos()), none, none, none, none, 0, 0);
    }

    /// From the prompt to the model's first sign of life; empty when there was none.
    Optional<Duration> toFirstByte() {
        return firstByte < 0 ? Optional.empty() : Optional.of(since(firstByte));
    }

    /// From the prompt to the first content.
    Optional<Duration> toFirstContent() {
        return firstContent < 0 ? Optional.empty() : Optional.of(since(firstContent));
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanos - began);
    }
}
