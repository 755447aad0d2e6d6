package dev.bowline.loop;

import dev.bowline.budget.Budget;
import dev.bowline.permission.OnTimeout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The bounds of a turn. `maxTurns` counts model calls; 0 is no bound. `resultLimit` is in
/// characters. `outputAttempts` is how often structured output is tried, 0 if none is asked for.
/// `approvalTimeout` is how long a question of permission stays with those who are asked.
public record Limits(
        int maxTurns,
        int maxTokens,
        Budget budget,
        @Nullable Duration turnTimeout,
        int promptLimit,
        int queueLimit,
        int resultLimit,
        int outputAttempts,
        @Nullable Duration approvalTimeout,
        OnTimeout onTimeout) {
    /// How often an answer that was cut by its output limit is asked to go on.
    static final int CONTINUATIONS = 3;

    /// How often hooks may ask for more work in one turn.
    static final int STOP_BLOCKS = 8;
}
