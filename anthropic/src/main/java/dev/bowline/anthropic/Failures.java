package dev.bowline.anthropic;

import dev.bowline.anthropic.http.Answer;
import dev.bowline.anthropic.http.Timeouts;
import dev.bowline.anthropic.http.TransportException;
import dev.bowline.anthropic.wire.BadAnswer;
import dev.bowline.anthropic.wire.ServiceError;
import dev.bowline.error.ErrorCode;
import dev.bowline.model.ModelException;
import dev.bowline.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What goes wrong with a call, as one sentence and a code. Credentials are cut out of whatever the
/// service says.
final class Failures {
    private static final int TEXT_LIMIT = 300;

    private final String baseUrl;
    private final String credentialSource;
    private final List<String> secrets;
    private final Timeouts timeouts;
    private final TimeSource time;

    Failures(
            String baseUrl,
            String credentialSource,
            List<String> secrets,
            Timeouts timeouts,
            TimeSource time) {
        this.baseUrl = baseUrl;
        this.credentialSource = credentialSource;
        this.secrets = secrets;
        this.timeouts = timeouts;
        this.time = time;
    }

    /// An answer with a status other than success.
    ModelException status(Answer answer, String body, String model) {
        int status = answer.status();
        var error = ServiceError.of(body);
        var said = said(error, body);
        var code = code(status, error);
        return new ModelException(
                code,
                sentence(code, status, said, model),
                status,
                retryable(status, answer.header("x-should-retry")),
                retryAfter(answer),
                requestId(answer),
                null);
    }

    /// An `error` event within a stream.
    ModelException inStream(ServiceError error, @Nullable String requestId, String model) {
        int status = statusOf(error.type());
        var code = code(status, error);
        return new ModelException(
                code,
                sentence(code, status, said(error, ""), model),
                status,
                retryable(status, null),
                null,
                requestId,
                null);
    }

    ModelException badAnswer(BadAnswer bad, @Nullable String requestId, int status) {
        return new ModelException(
                ErrorCode.API_BAD_ANSWER,
                "The answer of "
                        + baseUrl
                        + " "
                        + clean(bad.getMessage() == null ? "" : bad.getMessage())
                        + "; check that the base URL is that of a Messages API.",
                status,
                true,
                null,
                requestId,
                bad);
    }

    ModelException cutOff(@Nullable String requestId, @Nullable Throwable cause) {
        return new ModelException(
                ErrorCode.API_STREAM_BROKEN,
                "The connection to " + baseUrl + " broke before the answer was complete.",
                0,
                true,
                null,
                requestId,
                cause);
    }

    ModelException transport(TransportException e, @Nullable String requestId) {
        var peer = e.peer();
        var detail = e.detail().isEmpty() ? "" : " (" + clean(e.detail()) + ")";
        return switch (e.kind()) {
            case BROKEN, NO_ANSWER -> cutOff(requestId, e);
            case UNKNOWN_HOST ->
                    unreachable(
                            "The host of "
                                    + peer
                                    + " is unknown; check the base URL and the"
                                    + " network.",
                            true,
                            e);
            case NOT_CONNECTED ->
                    unreachable(
                            "No connection to "
                                    + peer
                                    + detail
                                    + "; check that the service runs"
                                    + " there and that no proxy is needed.",
                            true,
                            e);
            case TLS ->
                    unreachable(
                            "No secure connection to "
                                    + peer
                                    + detail
                                    + "; check the certificate,"
                                    + " the trust store and the scheme of the base URL.",
                            false,
                            e);
            case PROXY ->
                    unreachable(
                            "The proxy "
                                    + peer
                                    + " does not open the way to "
                                    + baseUrl
                                    + detail
                                    + "; check its address and credentials.",
                            false,
                            e);
            case NOT_HTTP ->
                    new ModelException(
                            ErrorCode.API_BAD_ANSWER,
                            "What "
                                    + peer
                                    + " answers is not HTTP"
                                    + detail
                                    + "; check host, port and scheme of the base URL.",
                            0,
                            true,
                            null,
                            requestId,
                            e);
            case CONNECT_TIMEOUT ->
                    timeout(
                            "No connection to "
                                    + peer
                                    + " within "
                                    + shown(timeouts.connect())
                                    + detail
                                    + " (connect time-out); check the network and proxy.",
                            requestId,
                            e);
            case FIRST_BYTE_TIMEOUT ->
                    timeout(
                            "No answer from "
                                    + peer
                                    + " within "
                                    + shown(timeouts.firstByte())
                                    + " (first-byte time-out); try again or raise API_TIMEOUT_MS.",
                            requestId,
                            e);
            case IDLE_TIMEOUT ->
                    timeout(
                            "The answer of "
                                    + peer
                                    + " was silent for "
                                    + shown(timeouts.idle())
                                    + " (idle time-out); try again or raise the limit.",
                            requestId,
                            e);
        };
    }

    private static ModelException unreachable(String text, boolean retryable, Throwable cause) {
        return new ModelException(ErrorCode.API_UNREACHABLE, text, 0, retryable, null, null, cause);
    }

    private static ModelException timeout(String text, @Nullable String id, Throwable cause) {
        return new ModelException(ErrorCode.API_TIMEOUT, text, 0, true, null, id, cause);
    }

    private static String shown(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static ErrorCode code(int status, ServiceError error) {
        var text = error.message().toLowerCase(Locale.ROOT);
        if (status == 400 && tooLong(text)) {
            return ErrorCode.API_PROMPT_TOO_LONG;
        }
        if (error.type().equals("overloaded_error")) {
            return ErrorCode.API_OVERLOADED;
        }
        return switch (status) {
            case 401 -> ErrorCode.API_AUTHENTICATION;
            case 402, 403 -> ErrorCode.API_PERMISSION;
            case 404 -> ErrorCode.API_MODEL_NOT_FOUND;
            case 408 -> ErrorCode.API_TIMEOUT;
            case 409 -> ErrorCode.API_SERVER;
            case 413 -> ErrorCode.API_REQUEST_TOO_LARGE;
            case 429 -> ErrorCode.API_RATE_LIMIT;
            case 503, 529 -> ErrorCode.API_OVERLOADED;
            default -> {
                if (status >= 500) {
                    yield ErrorCode.API_SERVER;
                }
                yield status >= 400 ? ErrorCode.API_INVALID_REQUEST : ErrorCode.API_BAD_ANSWER;
            }
        };
    }

    private static boolean tooLong(String text) {
        return text.contains("prompt is too long")
                || text.contains("exceed context limit")
                || text.contains("exceeds the context window");
    }

    private static int statusOf(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    private static boolean retryable(int status, @Nullable String shouldRetry) {
        if ("true".equalsIgnoreCase(shouldRetry)) {
            return true;
        }
        if ("false".equalsIgnoreCase(shouldRetry)) {
            return false;
        }
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }

    private @Nullable Duration retryAfter(Answer answer) {
        var millis = number(answer.header("retry-after-ms"), 1);
        if (millis != null) {
            return millis;
        }
        var after = answer.header("retry-after");
        var seconds = number(after, 1000);
        return seconds != null || after == null ? seconds : until(after);
    }

    private static @Nullable Duration number(@Nullable String text, int unit) {
        try {
            return text == null
                    ? null
                    : Duration.ofMillis(Math.max(0, (long) (Double.parseDouble(text) * unit)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable Duration until(String date) {
        try {
            var then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            var wait = Duration.between(time.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable String requestId(Answer answer) {
        return answer.header("request-id");
    }

    private String sentence(ErrorCode code, int status, String said, String model) {
        var tail = " (HTTP " + status + (said.isEmpty() ? "" : ": " + said) + ")";
        return switch (code) {
            case API_AUTHENTICATION ->
                    (credentialSource.isEmpty()
                                    ? "No credential was set for "
                                            + baseUrl
                                            + "; set ANTHROPIC_API_KEY"
                                    : baseUrl
                                            + " refuses the credential from "
                                            + credentialSource
                                            + "; set a valid one")
                            + tail
                            + ".";
            case API_PERMISSION ->
                    "The credential may not use this"
                            + tail
                            + "; check what the account is allowed to do.";
            case API_MODEL_NOT_FOUND ->
                    baseUrl
                            + " has no model \""
                            + model
                            + "\", or is not the address of a Messages API"
                            + tail
                            + "; check the model's name and the base URL.";
            case API_PROMPT_TOO_LONG ->
                    "The conversation is too long for the model \""
                            + model
                            + "\""
                            + tail
                            + "; shorten or compact it.";
            case API_REQUEST_TOO_LARGE ->
                    "The request is larger than the service takes"
                            + tail
                            + "; send fewer or smaller files.";
            case API_RATE_LIMIT -> baseUrl + " limits the rate of calls" + tail + "; wait.";
            case API_OVERLOADED -> baseUrl + " is overloaded" + tail + "; try again later.";
            case API_TIMEOUT -> baseUrl + " gave up waiting" + tail + "; try again.";
            case API_BAD_ANSWER ->
                    "The answer of "
                            + baseUrl
                            + " is not one of a Messages API"
                            + tail
                            + "; check the base URL.";
            case API_INVALID_REQUEST -> baseUrl + " refuses the request" + tail + ".";
            default -> baseUrl + " failed" + tail + "; try again later.";
        };
    }

    /// The service's own words, or the visible text of an HTML page, on one line and short.
    private String said(ServiceError error, String body) {
        if (!error.message().isEmpty()) {
            return clean(error.message());
        }
        if (!error.type().isEmpty()) {
            return clean(error.type());
        }
        var text = body.strip();
        if (text.startsWith("<")) {
            text =
                    text.replaceAll("(?is)<(script|style|head)\\b.*?</\\1>", " ")
                            .replaceAll("(?s)<[^>]*>", " ");
        }
        return clean(text);
    }

    private String clean(String text) {
        var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        for (var secret : secrets) {
            // shorter ones are no secret, and would tear words apart
            line = secret.length() < 8 ? line : line.replace(secret, "***");
        }
        if (line.length() > TEXT_LIMIT) {
            int end = Character.isHighSurrogate(line.charAt(TEXT_LIMIT - 1)) ? 1 : 0;
            line = line.substring(0, TEXT_LIMIT - end) + "…";
        }
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
