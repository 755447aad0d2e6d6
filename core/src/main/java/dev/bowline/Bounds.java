package dev.bowline;

import dev.bowline.budget.Budget;
import dev.bowline.budget.Ledger;
import dev.bowline.loop.Limits;
import dev.bowline.permission.OnTimeout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What [AgentOptions] say about how much a session may do; 0 is no bound.
final class Bounds {
    /// Prompts that wait in one session.
    private static final int QUEUE = 1_000;

    /// Characters of a tool's result, beyond which it is trimmed.
    private static final int RESULT = 150_000;

    int maxTurns = AgentOptions.DEFAULT_MAX_TURNS;
    int maxTokens;
    int promptLimit = AgentOptions.DEFAULT_PROMPT_LIMIT;
    int promptsPerMinute;
    int outputAttempts = AgentOptions.DEFAULT_OUTPUT_ATTEMPTS;
    Budget budget = Budget.NONE;
    @Nullable Ledger ledger;
    @Nullable Duration turnTimeout;
    @Nullable Duration approvalTimeout;
    OnTimeout onTimeout = OnTimeout.DENY;

    Limits limits(boolean structured) {
        return new Limits(
                maxTurns,
                maxTokens,
                budget,
                turnTimeout,
                promptLimit,
                QUEUE,
                RESULT,
                structured ? outputAttempts : 0,
                approvalTimeout,
                onTimeout);
    }

    /// The ledger of the agent: its own where none is shared.
    Ledger ledger() {
        return ledger == null ? new Ledger(Budget.UNLIMITED) : ledger;
    }

    static int notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, and is " + value);
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, and is " + value);
        }
        return value;
    }

    static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, and is " + value);
        }
        return value;
    }
}
