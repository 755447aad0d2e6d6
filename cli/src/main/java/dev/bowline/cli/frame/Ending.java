package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.transcript.Outcome;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// How a turn's end is reported: the words of the result frame. `text` is the answer or what went
/// wrong; `assistantError` is the error code that an assistant frame announces first, or null;
/// `code` is the stable code of a failure, or null; `deferred` is the call that waits for a
/// decision, or null.
public record Ending(
        String subtype,
        boolean isError,
        String text,
        @Nullable String stopReason,
        String terminalReason,
        @Nullable Integer apiStatus,
        @Nullable String assistantError,
        @Nullable String code,
        @Nullable Json deferred) {

    private Ending(
            String subtype,
            boolean isError,
            String text,
            @Nullable String stopReason,
            String terminalReason,
            @Nullable Integer apiStatus,
            @Nullable String assistantError,
            @Nullable String code) {
        this(
                subtype,
                isError,
                text,
                stopReason,
                terminalReason,
                apiStatus,
                assistantError,
                code,
                null);
    }

    /// Whether the text goes into `result`; otherwise it is the one element of `errors`.
    boolean hasResult() {
        return subtype.equals("success");
    }

    /// What a person reads about it, with the code if there is one.
    public String sentence() {
        return code == null ? text : text + " [" + code + "]";
    }

    /// The end of the turn that `record` has watched.
    public static Ending of(Outcome outcome, TurnRecord record) {
        var reason = record.stopReason();
        return of(outcome, "aborted".equals(reason) ? null : reason, record.inTools());
    }

    /// The same ending for every format. `stopReason` is the last answer's, or null; `inTools`
    /// tells where an interrupt struck.
    static Ending of(Outcome outcome, @Nullable String stopReason, boolean inTools) {
        return switch (outcome) {
            case Outcome.Completed done ->
                    new Ending(
                            "success",
                            false,
                            done.text(),
                            done.stopReason().wire(),
                            "completed",
                            null,
                            null,
                            null);
            case Outcome.Interrupted(String by) ->
                    failure(
                            "error_during_execution",
                            by.equals("user")
                                    ? "The turn was interrupted by the user; the session is kept and can be resumed."
                                    : "The turn was interrupted ("
                                            + by
                                            + "); the session is kept and can be resumed.",
                            stopReason,
                            inTools ? "aborted_tools" : "aborted_streaming");
            case Outcome.LimitReached(var limit, String message) ->
                    limit(limit, message, stopReason);
            case Outcome.Refused(String text, var details) ->
                    new Ending(
                            "success",
                            true,
                            text.isBlank()
                                    ? "The model declined to answer; ask in another way."
                                    : text,
                            "refusal",
                            "model_error",
                            null,
                            null,
                            "model_refused");
            case Outcome.Stopped stopped -> stopped(stopped, stopReason);
            case Outcome.Deferred call -> deferred(call);
            case Outcome.Failed failed -> failed(failed, stopReason);
        };
    }

    private static Ending deferred(Outcome.Deferred call) {
        var use = new LinkedHashMap<String, @Nullable Object>();
        use.put("id", call.toolUseId());
        use.put("name", call.tool());
        use.put("input", call.input());
        return new Ending(
                "success",
                false,
                "",
                "tool_deferred",
                "tool_deferred",
                null,
                null,
                null,
                Json.of(use));
    }

    /// A hook's end is no error. Where the prompt was stopped there is nothing but that to say.
    private static Ending stopped(Outcome.Stopped stopped, @Nullable String stopReason) {
        return new Ending(
                "success",
                false,
                stopped.event().equals("UserPromptSubmit")
                        ? "Operation stopped by hook: " + stopped.reason()
                        : stopped.text(),
                stopReason,
                stopped.event().equals("Stop") ? "stop_hook_prevented" : "hook_stopped",
                null,
                null,
                null);
    }

    /// A hook has kept a prompt from the model; `text` says so.
    public static Ending hooked(String text) {
        return new Ending("success", false, text, null, "hook_stopped", null, null, null);
    }

    /// A command was carried out without asking the model.
    public static Ending command(String text, boolean failed) {
        return new Ending("success", failed, text, null, "", null, null, null);
    }

    /// Whether this is the end of a command.
    public boolean ofCommand() {
        return terminalReason.isEmpty();
    }

    /// Nothing was asked, so nothing was answered.
    public static Ending nothing() {
        return new Ending("success", false, "", null, "completed", null, null, null);
    }

    /// A turn that could not begin.
    public static Ending notStarted(String message, @Nullable String code) {
        return new Ending(
                "error_during_execution",
                true,
                message,
                null,
                "turn_setup_failed",
                null,
                null,
                code);
    }

    private static Ending failure(
            String subtype, String text, @Nullable String stopReason, String terminalReason) {
        return new Ending(subtype, true, text, stopReason, terminalReason, null, null, null);
    }

    private static Ending limit(Outcome.Limit limit, String message, @Nullable String stopReason) {
        return switch (limit) {
            case TURNS -> coded("error_max_turns", message, stopReason, "max_turns", "turn_limit");
            case BUDGET -> exhausted("error_max_budget_usd", message, stopReason);
            case TOKENS -> exhausted("error_during_execution", message, stopReason);
            case TIME ->
                    coded(
                            "error_during_execution",
                            message,
                            stopReason,
                            "blocking_limit",
                            "turn_timeout");
            case OUTPUT ->
                    new Ending(
                            "success",
                            true,
                            "API Error: " + message,
                            "stop_sequence",
                            "api_error",
                            null,
                            "max_output_tokens",
                            "output_limit");
            case STRUCTURED_OUTPUT ->
                    coded(
                            "error_max_structured_output_retries",
                            message,
                            stopReason,
                            "structured_output_retry_exhausted",
                            "structured_output_missing");
            case STOP_HOOK ->
                    new Ending(
                            "success",
                            false,
                            message,
                            stopReason,
                            "stop_hook_prevented",
                            null,
                            null,
                            null);
        };
    }

    private static Ending coded(
            String subtype,
            String text,
            @Nullable String stopReason,
            String terminalReason,
            String code) {
        return new Ending(subtype, true, text, stopReason, terminalReason, null, null, code);
    }

    private static Ending exhausted(String subtype, String message, @Nullable String stopReason) {
        return new Ending(
                subtype,
                true,
                message,
                stopReason,
                "budget_exhausted",
                null,
                null,
                "budget_exhausted");
    }

    private static Ending failed(Outcome.Failed failed, @Nullable String stopReason) {
        if (!failed.code().startsWith("api_")) {
            return new Ending(
                    "error_during_execution",
                    true,
                    failed.message(),
                    stopReason,
                    failed.code().equals("compaction_failed")
                            ? "rapid_refill_breaker"
                            : "model_error",
                    null,
                    null,
                    failed.code());
        }
        boolean tooLong = failed.code().equals("api_prompt_too_long");
        return new Ending(
                "success",
                true,
                "API Error: "
                        + (failed.status() == 0
                                        || failed.message().startsWith(failed.status() + " ")
                                ? ""
                                : failed.status() + " ")
                        + failed.message(),
                "stop_sequence",
                tooLong ? "prompt_too_long" : "api_error",
                failed.status() == 0 ? null : failed.status(),
                assistantError(failed.code()),
                failed.code());
    }

    /// The service's own word for its failure, or null if it was none of the service's.
    @Nullable String apiErrorType() {
        return apiStatus == null
                ? null
                : switch (apiStatus) {
                    case 400 -> "invalid_request_error";
                    case 401 -> "authentication_error";
                    case 403 -> "permission_error";
                    case 404 -> "not_found_error";
                    case 413 -> "request_too_large";
                    case 429 -> "rate_limit_error";
                    case 529 -> "overloaded_error";
                    default -> "api_error";
                };
    }

    /// Why there was no answer of the service at all, or null if there was one.
    @Nullable String apiError() {
        return "api_unreachable".equals(code) ? "connection_failed" : null;
    }

    /// The word of the protocol for a failure that is tried again, from its HTTP status.
    static String retryError(@Nullable Integer status) {
        return switch (status == null ? 0 : status) {
            case 401, 403 -> "authentication_failed";
            case 429 -> "rate_limit";
            case 503, 529 -> "overloaded";
            default ->
                    status != null && (status >= 500 || status == 409) ? "server_error" : "unknown";
        };
    }

    private static String assistantError(String code) {
        return switch (code) {
            case "api_authentication", "api_permission" -> "authentication_failed";
            case "api_model_not_found" -> "model_not_found";
            case "api_prompt_too_long", "api_request_too_large" -> "invalid_request";
            case "api_rate_limit" -> "rate_limit";
            case "api_overloaded", "api_server", "api_unreachable" -> "server_error";
            default -> "unknown";
        };
    }
}
