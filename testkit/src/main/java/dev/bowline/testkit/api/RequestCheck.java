package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a request to the service's rules: headers, then the body's top level, tools and messages.
final class RequestCheck {
    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "messages",
                    "max_tokens",
                    "system",
                    "tools",
                    "tool_choice",
                    "stream",
                    "metadata",
                    "stop_sequences",
                    "temperature",
                    "top_k",
                    "top_p",
                    "thinking",
                    "service_tier",
                    "cache_control",
                    "container",
                    "context_management",
                    "mcp_servers",
                    "output_config",
                    "output_format",
                    "inference_geo",
                    "speed");
    private static final Set<String> VERSIONS = Set.of("2023-06-01", "2023-01-01");
    private static final int MIN_THINKING = 1024;
    private static final int MAX_CACHE_MARKS = 4;

    private final FakeRequest request;
    private final Map<String, Object> body;
    private final Findings findings;
    private final boolean counting;

    private RequestCheck(FakeRequest request, Rules rules, boolean counting) {
        this.request = request;
        this.body = request.json();
        this.findings = new Findings(request.number(), rules);
        this.counting = counting;
    }

    /// What is wrong with the headers that every request needs.
    static List<Violation> headers(FakeRequest request, Rules rules) {
        var check = new RequestCheck(request, rules, false);
        check.credentials();
        check.version();
        return check.findings.list();
    }

    /// What is wrong with a request for a message or for a count of tokens.
    static List<Violation> message(
            FakeRequest request, Rules rules, Issued issued, boolean counting) {
        var check = new RequestCheck(request, rules, counting);
        check.credentials();
        check.version();
        check.contentType();
        if (check.findings.list().isEmpty() && check.readable()) {
            check.body(issued);
        }
        return check.findings.list();
    }

    private void credentials() {
        var key = request.header("x-api-key");
        var bearer = request.header("authorization");
        if (key.isEmpty() && bearer.isEmpty()) {
            findings.add(401, "x-api-key", "a key or an authorization header is required");
            return;
        }
        if (key.isEmpty() && !bearer.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            findings.add(401, "authorization", "must be a bearer token");
            return;
        }
        var wanted = findings.rules.apiKey();
        if (wanted != null && !wanted.equals(key.isEmpty() ? bearer.substring(7).strip() : key)) {
            findings.add(401, "", "invalid x-api-key or bearer token");
        }
    }

    private void version() {
        var version = request.header("anthropic-version");
        if (version.isEmpty()) {
            findings.add("anthropic-version", "this header is required");
        } else if (!VERSIONS.contains(version)) {
            findings.add("anthropic-version", "\"" + version + "\" is not a version of the API");
        }
    }

    private void contentType() {
        if (!request.header("content-type")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json")) {
            findings.add("content-type", "must be application/json");
        }
    }

    private boolean readable() {
        var problem = request.problem();
        if (problem != null || request.bodyBytes() == 0) {
            findings.add("", problem == null ? "the request body is empty" : problem);
            return false;
        }
        if (LoneSurrogates.escapedIn(request.text())) {
            findings.add("", "the request body is not valid JSON: no low surrogate in string");
            return false;
        }
        return true;
    }

    private void body(Issued issued) {
        findings.fields(body, FIELDS, "");
        var model = findings.string(body, "model", "");
        if (model != null && model.isBlank()) {
            findings.add("model", "must not be empty");
        }
        if (!counting) {
            maxTokens();
        }
        type("stream", Boolean.class, "a boolean");
        sampling();
        stopSequences();
        metadata();
        findings.cacheMark(body, "");
        system();
        new ToolsCheck(body, findings).check();
        thinking();
        new MessagesCheck(body, findings, issued).check();
        if (findings.cacheMarks() > MAX_CACHE_MARKS) {
            findings.add(
                    "", "at most 4 blocks may carry cache_control, found " + findings.cacheMarks());
        }
        window();
    }

    private void maxTokens() {
        var value = body.get("max_tokens");
        if (value == null) {
            findings.add("max_tokens", "field required");
        } else if (!(value instanceof Integer number)) {
            findings.add("max_tokens", "must be an integer");
        } else if (number < 1) {
            findings.add("max_tokens", "must be at least 1, not " + number);
        }
    }

    private void type(String name, Class<?> wanted, String words) {
        var value = body.get(name);
        if (value != null && !wanted.isInstance(value)) {
            findings.add(name, "must be " + words);
        }
    }

    private void sampling() {
        range("temperature");
        range("top_p");
        var k = body.get("top_k");
        if (k != null && !(k instanceof Integer number && number >= 0)) {
            findings.add("top_k", "must be an integer of at least 0");
        }
    }

    private void range(String name) {
        var value = body.get(name);
        if (value != null
                && !(value instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 1)) {
            findings.add(name, "must be a number from 0 to 1");
        }
    }

    private void stopSequences() {
        var value = body.get("stop_sequences");
        if (value == null) {
            return;
        }
        if (!(value instanceof List<?>)) {
            findings.add("stop_sequences", "must be a list");
        }
        for (var item : Json.array(value)) {
            if (!(item instanceof String text) || text.isBlank()) {
                findings.add(
                        "stop_sequences",
                        "each must be a string with something other than white space");
            }
        }
    }

    private void metadata() {
        type("metadata", Map.class, "an object");
        var metadata = Json.object(body.get("metadata"));
        findings.fields(metadata, Set.of("user_id"), "metadata");
        var user = metadata.get("user_id");
        if (user != null && !(user instanceof String)) {
            findings.add("metadata.user_id", "must be a string");
        }
    }

    private void system() {
        var system = body.get("system");
        if (system == null || system instanceof String) {
            return;
        }
        if (!(system instanceof List<?>)) {
            findings.add("system", "must be a string or a list of text blocks");
            return;
        }
        var index = 0;
        for (var item : Json.array(system)) {
            var where = "system." + index++;
            var block = Json.object(item);
            if (!"text".equals(block.get("type"))) {
                findings.add(where + ".type", "must be 'text'");
                continue;
            }
            findings.fields(block, Set.of("type", "text", "cache_control", "citations"), where);
            if ("".equals(findings.string(block, "text", where))) {
                findings.add(where, "text content blocks must not be empty");
            }
            findings.cacheMark(block, where);
        }
    }

    private void thinking() {
        type("thinking", Map.class, "an object");
        var thinking = Json.object(body.get("thinking"));
        if (thinking.isEmpty()) {
            return;
        }
        if (!List.of("enabled", "disabled", "adaptive")
                .contains(String.valueOf(thinking.get("type")))) {
            findings.add("thinking.type", "must be 'enabled', 'disabled' or 'adaptive'");
        }
        if ("enabled".equals(thinking.get("type"))) {
            budget(thinking.get("budget_tokens"));
            var choice = Json.object(body.get("tool_choice")).get("type");
            if ("any".equals(choice) || "tool".equals(choice)) {
                findings.add("tool_choice", "must not force a tool while thinking is enabled");
            }
            if (body.get("temperature") instanceof Number number && number.doubleValue() != 1) {
                findings.add("temperature", "must be 1 while thinking is enabled");
            }
        }
    }

    private void budget(@Nullable Object value) {
        var where = "thinking.enabled.budget_tokens";
        var interleaved =
                request.betas().stream().anyMatch(beta -> beta.startsWith("interleaved-thinking"));
        if (!(value instanceof Integer budget)) {
            findings.add(where, value == null ? "field required" : "must be an integer");
        } else if (budget < MIN_THINKING) {
            findings.add(where, "must be at least 1024, not " + budget);
        } else if (!interleaved && body.get("max_tokens") instanceof Integer max && max <= budget) {
            findings.add(
                    "max_tokens",
                    "must be greater than thinking.budget_tokens (" + budget + "), not " + max);
        }
    }

    private void window() {
        var maximum = findings.rules.contextWindow();
        var tokens = request.bodyBytes() / 4;
        if (maximum > 0 && tokens > maximum) {
            findings.add("", "prompt is too long: " + tokens + " tokens > " + maximum + " maximum");
        }
    }
}
