package dev.bowline.cli.headless;

import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.NoticeFrames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.transcript.Event;
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
    private final Set<UUID> named = ConcurrentHashMap.newKeySet();
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

    /// Something is being done.
    void busy(Chat.Open open) {
        presence.running(open.frames());
    }

    /// A turn begins that answers these prompts.
    void begin(Chat.Open open, List<UUID> prompts) {
        presence.running(open.frames());
        answering(open, prompts);
        open.frames().init(chat.model(), chat.mode().wire());
    }

    /// The turn answers these prompts; only those that the host has named are told of.
    void answering(Chat.Open open, List<UUID> prompts) {
        open.frames().answering(prompts.stream().filter(named::contains).toList());
    }

    /// The host has named this prompt and wants to hear of it.
    void named(UUID prompt) {
        named.add(prompt);
    }

    /// What has become of a prompt, for a host that has named it: `queued`, `started`, `completed`
    /// or `cancelled`.
    void lifecycle(Chat.Open open, UUID prompt, String state) {
        if (named.contains(prompt)) {
            NoticeFrames.lifecycle(open.frames(), prompt, state);
        }
    }

    /// Whether an interrupt took back the question about this call.
    boolean withdrawn(String toolUseId) {
        return chat.questions().withdrawn(toolUseId);
    }

    /// A prompt became part of a turn that runs.
    void joined(UUID prompt) {
        joined.add(prompt);
    }

    /// Whether a prompt became part of another one's turn.
    boolean hasJoined(UUID prompt) {
        return joined.remove(prompt);
    }

    /// A hook has refused a prompt, `why` in our words: a warning, and a result that says the same.
    void blocked(Chat.Open open, String why, String prompt, TurnRecord record, List<UUID> prompts) {
        var reason = why.substring(why.indexOf(": ") + 1).strip();
        var text =
                "UserPromptSubmit operation blocked by hook:\n"
                        + reason
                        + "\n\nOriginal prompt: "
                        + prompt;
        hooked(open, "blocked_by_hook", reason, text);
        end(open, Ending.hooked(text), record, prompts, false);
        afterTurn(open.frames(), open.session().state());
    }

    /// The warning that a hook has kept a prompt from the model.
    void hooked(Chat.Open open, String kind, String reason, String text) {
        open.frames()
                .system(
                        "informational",
                        frame ->
                                frame.field("content", text)
                                        .field("level", "warning")
                                        .field("prevent_continuation", true)
                                        .name("prompt_submit_outcome")
                                        .beginObject()
                                        .field("kind", kind)
                                        .field("prompt_kept", kind.equals("stopped_by_hook"))
                                        .field("reason", reason)
                                        .endObject());
    }

    /// The turn's result; `byTask` when news of a task began the turn.
    void end(Chat.Open open, Ending ending, TurnRecord record, List<UUID> prompts, boolean byTask) {
        answering(open, prompts);
        lastFailed = ending.isError();
        var state = open.session().state();
        chat.usage().turn(record.figures());
        open.frames()
                .result(
                        ending,
                        record,
                        state,
                        frame -> {
                            frame.field("result_index", count.getAndIncrement())
                                    .field("queued_turn_count", state.queue().size());
                            if (byTask) {
                                frame.name("origin")
                                        .beginObject()
                                        .field("kind", Event.TASK_SOURCE)
                                        .field("producer", "session-task")
                                        .endObject();
                            }
                        });
        prompts.forEach(prompt -> {
            lifecycle(open, prompt, "completed");
            named.remove(prompt);
        });
        open.frames().answering(List.of());
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
