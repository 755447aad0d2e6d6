package dev.bowline.message;

/// Tokens of one API call, or a sum of several. `inputTokens` excludes both cache figures, as on
/// the wire; `cacheWriteTokens` is all cache creation, `cacheWrite1hTokens` the part of it with the
/// one-hour lifetime.
public record Usage(
        long inputTokens,
        long outputTokens,
        long cacheWriteTokens,
        long cacheWrite1hTokens,
        long cacheReadTokens,
        long webSearches) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, 0, 0, 0, 0);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                cacheWrite1hTokens + other.cacheWrite1hTokens,
                cacheReadTokens + other.cacheReadTokens,
                webSearches + other.webSearches);
    }

    /// What was used since `earlier`, a former value of the same sum.
    public Usage minus(Usage earlier) {
        return new Usage(
                inputTokens - earlier.inputTokens,
                outputTokens - earlier.outputTokens,
                cacheWriteTokens - earlier.cacheWriteTokens,
                cacheWrite1hTokens - earlier.cacheWrite1hTokens,
                cacheReadTokens - earlier.cacheReadTokens,
                webSearches - earlier.webSearches);
    }

    /// Everything that counts against a context window: input, both cache figures and output.
    public long total() {
        return inputTokens + cacheWriteTokens + cacheReadTokens + outputTokens;
    }
}
