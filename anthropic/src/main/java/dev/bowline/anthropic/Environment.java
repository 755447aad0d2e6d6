package dev.bowline.anthropic;

import dev.bowline.anthropic.http.Proxy;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the environment variables say about the service.
final class Environment {
    /// Where a credential is looked for, in order; the first that is set is used.
    static final List<String> CREDENTIALS =
            List.of("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN");

    /// The beta under which the service takes a token of a personal account.
    private static final String OAUTH_BETA = "oauth-2025-04-20";

    private final Map<String, String> env;
    private final AnthropicOptions options;

    Environment(Map<String, String> env, AnthropicOptions options) {
        this.env = env;
        this.options = options;
    }

    void apply() {
        credential();
        with("ANTHROPIC_BASE_URL", options::baseUrl);
        with("ANTHROPIC_CUSTOM_HEADERS", this::headers);
        with("ANTHROPIC_BETAS", value -> options.betas(words(value)));
        with("API_TIMEOUT_MS", this::timeout);
        try {
            options.proxy = Proxy.from(env, options.endpoint);
        } catch (IllegalArgumentException e) {
            throw invalid("HTTPS_PROXY, HTTP_PROXY or ALL_PROXY", e);
        }
    }

    private static List<String> words(String value) {
        return Stream.of(value.split(",", -1))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .toList();
    }

    private void credential() {
        for (var name : CREDENTIALS) {
            if (!value(name).isEmpty()) {
                with(name, value -> credential(name, value));
                return;
            }
        }
    }

    private void credential(String name, String value) {
        switch (name) {
            case "ANTHROPIC_API_KEY" -> options.apiKey(value, name);
            case "CLAUDE_CODE_OAUTH_TOKEN" ->
                    options.bearerToken(value, name).betas(List.of(OAUTH_BETA));
            default -> options.bearerToken(value, name);
        }
    }

    private void headers(String lines) {
        for (var line : lines.lines().filter(l -> !l.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(
                        "a line without \"Name: value\" is not a header; write one header a line");
            }
            options.header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    private void timeout(String millis) {
        try {
            options.firstByteTimeout(Duration.ofMillis(Long.parseLong(millis)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + millis + "\" is not a number of milliseconds", e);
        }
    }

    private interface Setting {
        void set(String value);
    }

    private void with(String name, Setting setting) {
        var value = value(name);
        if (value.isEmpty()) {
            return;
        }
        try {
            setting.set(value);
        } catch (IllegalArgumentException e) {
            throw invalid(name, e);
        }
    }

    private String value(String name) {
        return env.getOrDefault(name, "").strip();
    }

    private static BowlineException invalid(String name, IllegalArgumentException cause) {
        return new BowlineException(
                ErrorCode.CONFIG_INVALID,
                "The environment variable " + name + " can't be used: " + cause.getMessage() + ".",
                cause);
    }
}
