package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message of the assistant, as JSON or as a stream, whichever the request asks for. Blocks come
/// in the order in which they were added; faults take effect in the order in which they were added,
/// each on the stream as the earlier ones left it. `after` counts SSE events from the start of the
/// stream (`message_start` is the first).
public final class MessageReply implements FakeReply {
    private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

    private final List<ReplyBlock> blocks;
    private final @Nullable String stop;
    private final @Nullable String stopSequence;
    private final @Nullable String stopDetails;
    private final @Nullable FakeUsage usage;
    private final List<Fault> faults;
    private volatile @Nullable Stencil stencil;

    MessageReply(
            List<ReplyBlock> blocks,
            @Nullable String stop,
            @Nullable String stopSequence,
            @Nullable String stopDetails,
            @Nullable FakeUsage usage,
            List<Fault> faults) {
        this.blocks = List.copyOf(blocks);
        this.stop = stop;
        this.stopSequence = stopSequence;
        this.stopDetails = stopDetails;
        this.usage = usage;
        this.faults = List.copyOf(faults);
    }

    static MessageReply of(ReplyBlock block) {
        return new MessageReply(List.of(block), null, null, null, null, List.of());
    }

    /// With one more block.
    public MessageReply with(ReplyBlock block) {
        var all = new ArrayList<>(blocks);
        all.add(block);
        return new MessageReply(all, stop, stopSequence, stopDetails, usage, faults);
    }

    /// With one more text block.
    public MessageReply withText(String text) {
        return with(new ReplyBlock.Text(text, 4));
    }

    /// With one more tool call; the input is sent as it is, in deltas of about 24 characters.
    public MessageReply withToolUse(String name, String input) {
        return with(new ReplyBlock.ToolUse(null, name, input, Math.max(1, input.length() / 24)));
    }

    /// With one more tool call.
    public MessageReply withToolUse(String name, Map<String, ?> input) {
        return withToolUse(name, Json.write(input));
    }

    /// With one more signed thinking block.
    public MessageReply withThinking(String text) {
        return with(new ReplyBlock.Thinking(text, null, 4));
    }

    /// With one more encrypted thinking block.
    public MessageReply withRedactedThinking() {
        return with(
                new ReplyBlock.RedactedThinking(Signature.redacted("thought " + blocks.size())));
    }

    /// With another stop reason; without this it is `tool_use` or `end_turn`, as the blocks say.
    public MessageReply stop(String reason) {
        return new MessageReply(blocks, Objects.requireNonNull(reason), null, null, usage, faults);
    }

    /// Stopped at the output limit.
    public MessageReply maxTokens() {
        return stop("max_tokens");
    }

    /// Paused by the service; the client sends the message back to go on.
    public MessageReply pauseTurn() {
        return stop("pause_turn");
    }

    /// Stopped at the end of the context window.
    public MessageReply contextWindowExceeded() {
        return stop("model_context_window_exceeded");
    }

    /// Stopped at one of the request's stop sequences.
    public MessageReply stopSequence(String sequence) {
        return new MessageReply(blocks, "stop_sequence", sequence, null, usage, faults);
    }

    /// Refused, with the details that come along.
    public MessageReply refused(@Nullable String category, @Nullable String explanation) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("type", "refusal");
        details.put("category", category);
        details.put("explanation", explanation);
        return new MessageReply(blocks, "refusal", null, Json.write(details), usage, faults);
    }

    /// With these token counts; without them a quarter of the bytes counts.
    public MessageReply usage(FakeUsage counts) {
        return new MessageReply(blocks, stop, stopSequence, stopDetails, counts, faults);
    }

    /// The connection ends after that many events.
    public MessageReply disconnectAfter(int events, Cut cut) {
        return fault(new Fault.Disconnect(notNegative(events), false, cut));
    }

    /// The connection ends in the middle of the event after that many.
    public MessageReply disconnectInsideEventAfter(int events, Cut cut) {
        return fault(new Fault.Disconnect(notNegative(events), true, cut));
    }

    /// Nothing more comes after that many events, until the client leaves or the server is closed.
    public MessageReply stallAfter(int events) {
        return fault(new Fault.Stall(notNegative(events), null));
    }

    /// Nothing more comes after that many events until the gate opens.
    public MessageReply stallAfter(int events, Gate gate) {
        return fault(new Fault.Stall(notNegative(events), gate));
    }

    /// The stream ends with an error event after that many events; without streaming the HTTP error
    /// of that type.
    public MessageReply errorAfter(int events, String type, String message) {
        return fault(new Fault.ErrorEvent(notNegative(events), type, message));
    }

    /// The stream ends with `overloaded_error` after that many events.
    public MessageReply overloadedAfter(int events) {
        return errorAfter(events, "overloaded_error", "Overloaded");
    }

    /// Garbage after that many events.
    public MessageReply garbageAfter(int events, Garbage garbage) {
        return fault(new Fault.Bad(notNegative(events), garbage));
    }

    /// Any text put into the stream after that many events.
    public MessageReply insertAfter(int events, String raw) {
        return fault(new Fault.Insert(notNegative(events), raw));
    }

    /// A ping after every so many events.
    public MessageReply pingEvery(int events) {
        return fault(new Fault.Every(positive(events), PING));
    }

    /// An SSE comment after every so many events.
    public MessageReply commentEvery(int events) {
        return fault(new Fault.Every(positive(events), ": a comment\n\n"));
    }

    /// Lines of the stream end with CR LF.
    public MessageReply carriageReturns() {
        return fault(new Fault.CarriageReturns());
    }

    /// HTTP chunks of that many bytes, across events and characters, each sent at once.
    public MessageReply chunked(int bytes) {
        return drip(bytes, Duration.ZERO);
    }

    /// HTTP chunks of that many bytes with a pause before each but the first.
    public MessageReply drip(int bytes, Duration pause) {
        return fault(new Fault.Pieces(positive(bytes), pause));
    }

    /// A pause before every so many events.
    public MessageReply pauseEvery(int events, Duration pause) {
        return fault(new Fault.Pause(positive(events), pause));
    }

    /// HTTP chunks that end at these offsets of the body, and at its end.
    public MessageReply cutAt(int... offsets) {
        return fault(new Fault.CutsAt(Arrays.stream(offsets).sorted().boxed().toList()));
    }

    /// The first byte of the answer, head included, comes this late.
    public MessageReply firstByteAfter(Duration delay) {
        return fault(new Fault.LateStart(delay));
    }

    /// The first byte of the answer, head included, comes when the gate opens.
    public MessageReply firstByteHeldBy(Gate gate) {
        return fault(new Fault.HeldStart(gate));
    }

    /// The connection is closed after a complete answer without having been announced, as an idle
    /// time-out does.
    public MessageReply closeAfterwards() {
        return fault(new Fault.CloseAfterwards());
    }

    private MessageReply fault(Fault fault) {
        var all = new ArrayList<>(faults);
        all.add(fault);
        return new MessageReply(blocks, stop, stopSequence, stopDetails, usage, all);
    }

    private static int notNegative(int events) {
        if (events < 0) {
            throw new IllegalArgumentException(
                    "a number of events must not be negative, not " + events);
        }
        return events;
    }

    private static int positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("the number must be at least 1, not " + number);
        }
        return number;
    }

    /// The blocks in order.
    public List<ReplyBlock> blocks() {
        return blocks;
    }

    /// The stop reason as sent.
    public String stopReason() {
        if (stop != null) {
            return stop;
        }
        return blocks.stream().anyMatch(ReplyBlock.ToolUse.class::isInstance)
                ? "tool_use"
                : "end_turn";
    }

    List<Fault> faults() {
        return faults;
    }

    String endFields() {
        return "\"stop_reason\":"
                + Json.write(stopReason())
                + ",\"stop_sequence\":"
                + Json.write(stopSequence)
                + (stopDetails == null ? "" : ",\"stop_details\":" + stopDetails);
    }

    FakeUsage usageFor(int requestBytes) {
        if (usage != null) {
            return usage;
        }
        return FakeUsage.of(Math.max(1, requestBytes / 4), stencil().outputTokens());
    }

    Stencil stencil() {
        var made = stencil;
        if (made == null) {
            made = Stencil.of(blocks);
            stencil = made;
        }
        return made;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
