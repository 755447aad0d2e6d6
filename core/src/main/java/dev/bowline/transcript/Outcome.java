package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.StopReason;
import org.jspecify.annotations.Nullable;

/// How a turn ended. There is exactly one for each turn.
public sealed interface Outcome {
    /// The model has said all it wants; `text` is the text of its last message. `structured` is the
    /// value that fits the schema which was asked for, or null when none was.
    record Completed(String text, StopReason stopReason, @Nullable Json structured)
            implements Outcome {
        public Completed(String text, StopReason stopReason) {
            this(text, stopReason, null);
        }
    }

    /// Somebody stopped it, or the process ended; `by` says who: `user`, `closed`, `process`,
    /// `permission`.
    record Interrupted(String by) implements Outcome {}

    /// A bound was reached; `message` names it and its value.
    record LimitReached(Limit limit, String message) implements Outcome {}

    /// The model declined; `details` is what the service says about it, or null.
    record Refused(String text, @Nullable Json details) implements Outcome {}

    /// A hook ended it; `event` is what the hook was told of, `text` the text of the last message.
    record Stopped(String event, String reason, String text) implements Outcome {}

    /// A hook wants the call decided later: it has no result yet, and the next turn begins with it.
    record Deferred(String toolUseId, String tool, Json input) implements Outcome {}

    /// It could not be finished; the history is kept and the next prompt goes on from it. `status`
    /// is the HTTP status or 0.
    record Failed(String code, String message, int status) implements Outcome {}

    /// Which bound.
    enum Limit {
        TURNS,
        BUDGET,
        TOKENS,
        TIME,
        OUTPUT,
        STOP_HOOK,
        /// Structured output that fits its schema did not come.
        STRUCTURED_OUTPUT
    }
}
