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
        return new TurnState(
                number,
                open,
                started,
                true,
                replies + 1,
                continuations,
                stopBlocks,
                usage.plus(more),
                cost + Math.max(0, price),
                structured,
                misses);
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
                cost + Math.max(0, price),
                structured,
                misses);
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
                        cost,
                        structured,
                        misses)
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
                cost,
                kind == Event.NoteKind.STOP_HOOK ? null : structured,
                misses + (kind == Event.NoteKind.OUTPUT_MISSING ? 1 : 0));
    }

    /// A call of the tool for structured output came to its end.
    TurnState output(Event.ToolFinished finished) {
        return new TurnState(
                number,
                open,
                started,
                answered,
                replies,
                continuations,
                stopBlocks,
                usage,
                cost,
                finished.isError() ? structured : finished.structured(),
                misses + (finished.isError() ? 1 : 0));
    }

    TurnState end() {
        return new TurnState(
                number,
                false,
                started,
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
