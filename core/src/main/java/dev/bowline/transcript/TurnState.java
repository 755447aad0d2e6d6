package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The turn that runs, or the last one. `answered` tells that the model's answer is the last thing
/// said; `replies` counts its answers, `continuations` how often a cut answer was asked to go on,
/// `stopBlocks` how often a hook wanted more work; `cost` is in nano-dollars. `structured` is the
/// structured output that fits its schema, or null, `misses` how often one did not fit or did not
/// come.
public record TurnState(
        int number,
        boolean open,
        Instant started,
        boolean answered,
        int replies,
        int continuations,
        int stopBlocks,
        Usage usage,
        long cost,
        @Nullable Json structured,
        int misses) {
    /// The tool by which a model hands in structured output.
    public static final String OUTPUT_TOOL = "StructuredOutput";

    static final TurnState NONE =
            new TurnState(0, false, Instant.EPOCH, false, 0, 0, 0, Usage.NONE, 0, null, 0);

    static TurnState begin(int number, Instant at) {
        return new TurnState(number, true, at, false, 0, 0, 0, Usage.NONE, 0, null, 0);
    }

    TurnState replied(Usage more, long price) {
        var next = spend(more, price);
        next.answered = true;
        next.replies++;
        return next.state();
    }

    TurnState spent(Usage more, long price) {
        return spend(more, price).state();
    }

    private Draft spend(Usage more, long price) {
        var next = new Draft(this);
        next.usage = usage.plus(more);
        next.cost += Math.max(0, price);
        return next;
    }

    /// The user's side said something.
    TurnState asked() {
        if (!answered) {
            return this;
        }
        var next = new Draft(this);
        next.answered = false;
        return next.state();
    }

    TurnState noted(Event.NoteKind kind) {
        if (kind == Event.NoteKind.USER) {
            return this;
        }
        var next = new Draft(this);
        next.answered = false;
        if (kind == Event.NoteKind.CONTINUE) {
            next.continuations++;
        } else if (kind == Event.NoteKind.STOP_HOOK) {
            next.stopBlocks++;
            next.structured = null;
        } else if (kind == Event.NoteKind.OUTPUT_MISSING) {
            next.misses++;
        }
        return next.state();
    }

    /// A call of the tool for structured output came to its end.
    TurnState output(Event.ToolFinished finished) {
        var next = new Draft(this);
        if (finished.isError()) {
            next.misses++;
        } else {
            next.structured = finished.structured();
        }
        return next.state();
    }

    TurnState end() {
        var next = new Draft(this);
        next.open = false;
        return next.state();
    }

    /// The next state while it is being made.
    private static final class Draft {
        private final TurnState before;
        private boolean open;
        private boolean answered;
        private int replies;
        private int continuations;
        private int stopBlocks;
        private Usage usage;
        private long cost;
        private @Nullable Json structured;
        private int misses;

        Draft(TurnState before) {
            this.before = before;
            this.open = before.open;
            this.answered = before.answered;
            this.replies = before.replies;
            this.continuations = before.continuations;
            this.stopBlocks = before.stopBlocks;
            this.usage = before.usage;
            this.cost = before.cost;
            this.structured = before.structured;
            this.misses = before.misses;
        }

        TurnState state() {
            return new TurnState(
                    before.number,
                    open,
                    before.started,
                    answered,
                    replies,
                    continuations,
                    stopBlocks,
                    usage,
                    cost,
                    structured,
                    misses);
        }
    }
}
