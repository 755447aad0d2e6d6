package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// Begins and ends turns for the host: `init` first, exactly one `result` last, and `idle` when
/// nothing is left to do. Turns run one after another, and so do the calls here.
final class Results {
    private final Chat chat;
    private final Presence presence;
    private final Trace trace;
    private final IntSupplier waiting;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<UUID> joined = ConcurrentHashMap.newKeySet();
    private volatile boolean lastFailed;

    /// @param waiting how many prompts have come that the session has not seen yet
    Results(Chat chat, Presence presence, Trace trace, IntSupplier waiting) {
        this.chat = chat;
        this.presence = presence;
        this.trace = trace;
        this.waiting = waiting;
    }

    void trace(Update update) {
        trace.update(update);
    }

    /// A turn begins.
    void begin(Chat.Open open) {
        presence.running(open.frames());
        open.frames().init(chat.model(), chat.mode().wire());
    }

    /// A prompt became part of a turn that runs.
    void joined(UUID prompt) {
        joined.add(prompt);
    }

    /// Whether a prompt became part of another one's turn.
    boolean hasJoined(UUID prompt) {
        return joined.remove(prompt);
    }

    /// The turn's result.
    void end(Chat.Open open, Ending ending, TurnRecord record, List<UUID> prompts) {
        lastFailed = ending.isError();
        var state = open.session().state();
        open.frames()
                .result(
                        ending,
                        record,
                        state,
                        frame -> {
                            frame.field("result_index", count.getAndIncrement())
                                    .field("queued_turn_count", state.queue().size());
                            if (!prompts.isEmpty()) {
                                frame.field("user_message_uuid", prompts.getLast().toString());
                                Frames.strings(
                                        frame.name("user_message_uuids"),
                                        prompts.stream().map(UUID::toString).toList());
                            }
                        });
    }

    /// Says that nothing is left to do, if so.
    void afterTurn(Frames frames, SessionState state) {
        if (state.queue().isEmpty() && waiting.getAsInt() == 0) {
            presence.idle(frames);
        }
    }

    /// Whether the last result was a failure.
    boolean lastFailed() {
        return lastFailed;
    }
}
