package dev.bowline.memory;

import dev.bowline.model.Pricing;
import java.util.function.ToLongFunction;

/// When a conversation is summarised by itself: before a model call, once what it takes has reached
/// the part `at` of the model's context window. `window` gives that window in tokens by the model's
/// name.
public record Compaction(double at, ToLongFunction<String> window) {
    /// Taken for a model that the published table doesn't name, in tokens.
    public static final long USUAL_WINDOW = 200_000;

    /// Never.
    public static final Compaction OFF = new Compaction(0, model -> USUAL_WINDOW);

    /// At 95 % of the published window.
    public static final Compaction DEFAULT = new Compaction(0.95, Compaction::published);

    public Compaction {
        if (!(at >= 0 && at <= 1)) {
            throw new IllegalArgumentException(
                    "a conversation can be summarised at a part from 0 (never) to 1 of the window, not at "
                            + at);
        }
    }

    /// The published window of a model, or the usual one.
    public static long published(String model) {
        int known = Pricing.published().contextWindow(model);
        return known > 0 ? known : USUAL_WINDOW;
    }

    public boolean on() {
        return at > 0;
    }

    /// Tokens from which on a conversation with this model is summarised.
    public long threshold(String model) {
        return Math.round(window.applyAsLong(model) * at);
    }
}
