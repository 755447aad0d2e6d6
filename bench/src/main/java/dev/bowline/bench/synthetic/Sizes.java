package dev.bowline.bench.synthetic;

/// How much of everything: characters of the prompt and of the tool result, levels of nesting.
record Sizes(
        int turns,
        int sessions,
        int turnsPerSession,
        int prompt,
        int calls,
        int deltas,
        int result,
        int nesting) {
    static final Sizes FULL =
            new Sizes(500, 2_000, 5, 1 << 20, 10_000, 100_000, 5_000_000, 100_000);

    /// For the gate: seconds instead of minutes.
    static final Sizes QUICK = new Sizes(60, 100, 2, 100_000, 300, 10_000, 500_000, 5_000);
}
