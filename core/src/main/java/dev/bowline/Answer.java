package dev.bowline;

import dev.bowline.json.Json;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.Totals;
import java.time.Duration;
import java.util.Optional;

/// What came of a one-shot question: the session it was asked in, how it ended, the last text, what
/// it used and how long it took.
public record Answer(
        SessionId session, Outcome outcome, String text, Totals totals, Duration took) {
    /// The structured output, if a schema was asked for and a value came that fits it.
    public Optional<Json> structured() {
        return outcome instanceof Outcome.Completed done
                ? Optional.ofNullable(done.structured())
                : Optional.empty();
    }
}
