package dev.bowline.anthropic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/// The header lines that all calls of one model share.
final class Headers {
    private Headers() {}

    static String of(AnthropicOptions options, String apiVersion) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("user-agent", userAgent(options.userAgentExtra));
        headers.put("accept", "application/json, text/event-stream");
        headers.put("content-type", "application/json");
        headers.put("anthropic-version", apiVersion);
        if (options.apiKey != null) {
            headers.put("x-api-key", options.apiKey);
        }
        if (options.bearerToken != null) {
            headers.put("authorization", "Bearer " + options.bearerToken);
        }
        if (!options.betas.isEmpty()) {
            headers.put("anthropic-beta", String.join(",", options.betas));
        }
        headers.putAll(options.headers);
        var lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    private static String userAgent(String extra) {
        var own = "bowline/" + version() + " (java " + Runtime.version().feature() + ")";
        return extra.isEmpty() ? own : own + " " + extra;
    }

    private static String version() {
        try (var in = Headers.class.getResourceAsStream("version")) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
