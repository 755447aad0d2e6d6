package dev.bowline.loop;

import dev.bowline.transcript.Outcome;

/// The words that hooks know failures of the model by.
final class StopFailures {
    private StopFailures() {}

    static String word(Outcome.Failed failed) {
        return switch (failed.code()) {
            case "api_authentication", "api_permission" -> "authentication_failed";
            case "api_model_not_found" -> "model_not_found";
            case "api_prompt_too_long", "api_request_too_large", "api_invalid_request" ->
                    "invalid_request";
            case "api_rate_limit" -> "rate_limit";
            case "api_overloaded" -> "overloaded";
            case "api_server" -> "server_error";
            default -> "unknown";
        };
    }
}
