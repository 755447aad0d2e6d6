package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP error: `{"type":"error","error":{"type","message"},"request_id"}`, or any other body on
/// demand.
///
/// @param type the service's error type, for instance `overloaded_error`
/// @param body replaces the JSON body when not null
/// @param contentType of the body
/// @param gate held before the answer when not null
public record ErrorReply(
        int status,
        String type,
        String message,
        Map<String, String> headers,
        @Nullable String body,
        String contentType,
        @Nullable Gate gate)
        implements FakeReply {
    /// Copies its headers.
    public ErrorReply {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException(
                    "an error reply needs a status from 300 to 599, not " + status);
        }
        headers = Map.copyOf(headers);
    }

    static ErrorReply of(int status) {
        return new ErrorReply(
                status,
                typeOf(status),
                "scripted error " + status,
                Map.of(),
                null,
                "application/json",
                null);
    }

    /// The service's error type for a status (documented for 400, 401, 402, 403, 404, 409, 413,
    /// 429, 500, 504, 529).
    public static String typeOf(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504 -> "timeout_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    /// With another error type.
    public ErrorReply type(String value) {
        return new ErrorReply(status, value, message, headers, body, contentType, gate);
    }

    /// With another message.
    public ErrorReply message(String value) {
        return new ErrorReply(status, type, value, headers, body, contentType, gate);
    }

    /// With one more header.
    public ErrorReply header(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ErrorReply(status, type, message, all, body, contentType, gate);
    }

    /// With `retry-after` in whole seconds.
    public ErrorReply retryAfter(Duration time) {
        return header("retry-after", Long.toString(time.toSeconds()));
    }

    /// With `retry-after` as an HTTP date or any other text.
    public ErrorReply retryAfter(String value) {
        return header("retry-after", value);
    }

    /// With `retry-after-ms`.
    public ErrorReply retryAfterMillis(long millis) {
        return header("retry-after-ms", Long.toString(millis));
    }

    /// With `x-should-retry`.
    public ErrorReply shouldRetry(boolean value) {
        return header("x-should-retry", Boolean.toString(value));
    }

    /// With a gateway's HTML page for a body.
    public ErrorReply html() {
        return body(
                "text/html",
                "<html><body><h1>" + status + "</h1><p>from a gateway</p></body></html>");
    }

    /// With another body.
    public ErrorReply body(String newContentType, String newBody) {
        return new ErrorReply(status, type, message, headers, newBody, newContentType, gate);
    }

    /// Answered only once the gate opens.
    public ErrorReply heldBy(Gate value) {
        return new ErrorReply(status, type, message, headers, body, contentType, value);
    }

    String bodyFor(String requestId) {
        return body != null ? body : json(type, message, requestId);
    }

    static String json(String type, String message, @Nullable String requestId) {
        var shape = new LinkedHashMap<String, @Nullable Object>();
        shape.put("type", "error");
        var error = new LinkedHashMap<String, String>();
        error.put("type", type);
        error.put("message", message);
        shape.put("error", error);
        if (requestId != null) {
            shape.put("request_id", requestId);
        }
        return Json.write(shape);
    }
}
