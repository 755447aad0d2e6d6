package dev.bowline.transcript;

import dev.bowline.message.Usage;
import java.time.Instant;

/// The turn that runs, or the last one. `replies` counts the model's answers, `continuations` how
/// often a cut answer was asked to go on, `stopBlocks` how often a hook wanted more work; `cost` is
/// in nano-dollars.
public record TurnState(
        int number,
        boolean open,
        Instant started,
        int replies,
        int continuations,
        int stopBlocks,
        Usage usage,
        long cost) {
    static final TurnState NONE = new TurnState(0, false, Instant.EPOCH, 0, 0, 0, Usage.NONE, 0);

    static TurnState begin(int number, Instant at) {
        return new TurnState(number, true, at, 0, 0, 0, Usage.NONE, 0);
    }

    TurnState replied(Usage more, long cost) {
        return new TurnState(
                number,
                open,
                started,
                replies + 1,
                continuations,
                stopBlocks,
                usage.plus(more),
                this.cost + Math.max(0, cost));
    }

    TurnState spent(Usage more, long cost) {
        return new TurnState(
                number,
                open,
                started,
                replies,
                continuations,
                stopBlocks,
                usage.plus(more),
                this.cost + Math.max(0, cost));
    }

    TurnState noted(Event.NoteKind kind) {
        return switch (kind) {
            case CONTINUE ->
                    new TurnState(
                            number,
                            open,
                            started,
                            replies,
                            continuations + 1,
                            stopBlocks,
                            usage,
                            cost);
            case STOP_HOOK ->
                    new TurnState(
                            number,
                            open,
                            started,
                            replies,
                            continuations,
                            stopBlocks + 1,
                            usage,
                            cost);
            case HOOK, INTERRUPTED, REMINDER -> this;
        };
    }

    TurnState end() {
        return new TurnState(
                number, false, started, replies, continuations, stopBlocks, usage, cost);
    }
}
