package dev.bowline.cli.frame;

import dev.bowline.model.Pricing;

/// How much models take and give, in tokens, for the result frame only; nothing is decided by it.
final class ModelSizes {
    private static final int USUAL_WINDOW = 200_000;

    private ModelSizes() {}

    /// From the published table; the usual figure for a model that isn't in it.
    static long contextWindow(String model) {
        int known = Pricing.published().contextWindow(model);
        return known > 0 ? known : USUAL_WINDOW;
    }

    /// What the official engine asks for: 64,000 from the fifth family on, 32,000 before.
    static long maxOutput(String model) {
        return model.contains("-5") && !model.contains("-4-5") ? 64_000 : 32_000;
    }
}
