package dev.bowline.bench.driver;

/// What the fake service calls in the tools mode, as keys of its scenario.
final class Calls {
    private Calls() {}

    /// @throws IllegalArgumentException for a tool that the benchmark doesn't know
    static String of(String tool) {
        return switch (tool) {
            case "noop" -> "name=noop input={\"x\":\"a\"}";
            case "bash" -> "name=Bash input={\"command\":\"true\"}";
            default ->
                    throw new IllegalArgumentException(
                            "unknown tool=" + tool + "; use noop or bash");
        };
    }
}
