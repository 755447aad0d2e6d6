package dev.bowline.cli.frame;

/// How much the models take and give, in tokens, for the result frame only; nothing is decided by it.
/// From the service's model overview of November 2026; a model that isn't listed gets the smallest
/// figures of the current families.
final class ModelSizes {
    private ModelSizes() {}

    static long contextWindow(String model) {
        return 200_000;
    }

    static long maxOutput(String model) {
        return model.contains("-5") && !model.contains("-4-5") ? 64_000 : 32_000;
    }
}
