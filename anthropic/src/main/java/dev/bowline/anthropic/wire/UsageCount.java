package dev.bowline.anthropic.wire;

import dev.bowline.json.JsonIn;
import dev.bowline.message.Usage;

/// The usage of one message as it becomes known: later figures replace earlier ones, members that
/// are missing or null leave them alone.
final class UsageCount {
    private long input;
    private long output;
    private long cacheWrite;
    private long cacheWrite1h;
    private long cacheRead;
    private long webSearches;

    void read(JsonIn in) {
        if (!in.isObject()) {
            in.skip();
            return;
        }
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            if (in.isNull()) {
                continue;
            }
            switch (name) {
                case "input_tokens" -> input = in.number();
                case "output_tokens" -> output = in.number();
                case "cache_creation_input_tokens" -> cacheWrite = in.number();
                case "cache_read_input_tokens" -> cacheRead = in.number();
                case "cache_creation" ->
                        cacheWrite1h = member(in, "ephemeral_1h_input_tokens", cacheWrite1h);
                case "server_tool_use" ->
                        webSearches = member(in, "web_search_requests", webSearches);
                default -> in.skip();
            }
        }
    }

    private static long member(JsonIn in, String wanted, long otherwise) {
        long value = otherwise;
        if (!in.isObject()) {
            in.skip();
            return value;
        }
        for (var name = in.nextField(); name != null; name = in.nextField()) {
            if (name.equals(wanted) && !in.isNull()) {
                value = in.number();
            } else {
                in.skip();
            }
        }
        return value;
    }

    Usage usage() {
        return new Usage(input, output, cacheWrite, cacheWrite1h, cacheRead, webSearches);
    }
}
