package dev.bowline.transcript;

import dev.bowline.message.Usage;
import java.time.Instant;

/// The turn that runs, or the last one. `answered` tells that the model's answer is the last thing
/// said; `replies` counts its answers, `continuations` how often a cut answer was asked to go on,
/// `stopBlocks` how often a hook wanted more work; `cost` is in nano-dollars.
public record TurnState(
        int number,
        boolean open,
        Instant started,
        boolean answered,
        int replies,
        int continuations,
        int stopBlocks,
        Usage usage,
        long cost) {
    static final TurnState NONE =
            new TurnState(0, false, Instant.EPOCH, false, 0, 0, 0, Usage.NONE, 0);

    static TurnState begin(int number, Instant at) {
        return new TurnState(number, true, at, false, 0, 0, 0, Usage.NONE, 0);
    }

    TurnState replied(Usage more, long price) {
        return new TurnState(
                number,
                open,
                started,
                true,
                replies + 1,
                continuations,
                stopBlocks,
                usage.plus(more),
                cost + Math.max(0, price));
    }

    TurnState spent(Usage more, long price) {
        return new TurnState(
                number,
                open,
                started,
                answered,
                replies,
                continuations,
                stopBlocks,
                usage.plus(more),
                cost + Math.max(0, price));
    }

    /// The user's side said something.
    TurnState asked() {
        return answered
                ? new TurnState(
                        number,
                        open,
                        started,
                        false,
                        replies,
                        continuations,
                        stopBlocks,
                        usage,
                        cost)
                : this;
    }

    TurnState noted(Event.NoteKind kind) {
        if (kind == Event.NoteKind.USER) {
            return this;
        }
        int more = kind == Event.NoteKind.CONTINUE ? 1 : 0;
        int blocks = kind == Event.NoteKind.STOP_HOOK ? 1 : 0;
        return new TurnState(
                number,
                open,
                started,
                false,
                replies,
                continuations + more,
                stopBlocks + blocks,
                usage,
                cost);
    }

    TurnState end() {
        return new TurnState(
                number, false, started, answered, replies, continuations, stopBlocks, usage, cost);
    }
}
