package dev.bowline.testkit.api;

/// Token counts of a reply.
///
/// @param input tokens neither read from nor written to the cache
/// @param output tokens of the reply, thinking included
/// @param cacheRead tokens read from the prompt cache
/// @param cacheWrite5m tokens written to the cache for five minutes
/// @param cacheWrite1h tokens written to the cache for an hour
public record FakeUsage(int input, int output, int cacheRead, int cacheWrite5m, int cacheWrite1h) {
    /// Counts without a cache.
    public static FakeUsage of(int input, int output) {
        return new FakeUsage(input, output, 0, 0, 0);
    }

    String start() {
        return "{"
                + inputs()
                + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":"
                + cacheWrite5m
                + ",\"ephemeral_1h_input_tokens\":"
                + cacheWrite1h
                + "},\"output_tokens\":1,\"service_tier\":\"standard\"}";
    }

    String end() {
        return "{" + inputs() + ",\"output_tokens\":" + output + "}";
    }

    String whole() {
        return start().replace("\"output_tokens\":1,", "\"output_tokens\":" + output + ",");
    }

    private String inputs() {
        return "\"input_tokens\":"
                + input
                + ",\"cache_creation_input_tokens\":"
                + (cacheWrite5m + cacheWrite1h)
                + ",\"cache_read_input_tokens\":"
                + cacheRead;
    }
}
