package dev.bowline.anthropic;

import dev.bowline.model.ModelRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

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

    /// The betas that a request needs for what it asks for: `effort` and `task_budget` of
    /// `output_config`.
    static List<String> betas(ModelRequest request) {
        var config = request.extra().get("output_config");
        if (config == null) {
            return List.of();
        }
        var members = config.asMap();
        var betas = new ArrayList<String>();
        if (members.containsKey("effort")) {
            betas.add("effort-2025-11-24");
        }
        if (members.containsKey("task_budget")) {
            betas.add("task-budgets-2026-03-13");
        }
        return betas;
    }

    /// The lines with further betas.
    static String with(String lines, List<String> betas) {
        if (betas.isEmpty()) {
            return lines;
        }
        var name = "anthropic-beta: ";
        int at = lines.indexOf(name);
        int from = at + name.length();
        return at < 0
                ? lines + name + String.join(",", betas) + "\r\n"
                : lines.substring(0, from) + String.join(",", betas) + "," + lines.substring(from);
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
