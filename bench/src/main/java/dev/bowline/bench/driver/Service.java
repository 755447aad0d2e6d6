package dev.bowline.bench.driver;

import java.nio.file.Path;
import java.util.Map;

/// Whom the driver talks to, and where it works.
record Service(String baseUrl, String apiKey, Path directory) {
    /// @throws IllegalArgumentException when `ANTHROPIC_BASE_URL` is not set
    static Service of(Map<String, String> environment) {
        var url = environment.get("ANTHROPIC_BASE_URL");
        if (url == null) {
            throw new IllegalArgumentException(
                    "ANTHROPIC_BASE_URL is not set; the driver is started by the benchmark's run.mjs");
        }
        return new Service(
                url,
                environment.getOrDefault("ANTHROPIC_API_KEY", "fake"),
                Path.of(environment.getOrDefault("BENCH_CWD", "")));
    }
}
