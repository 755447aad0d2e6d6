package dev.bowline.testkit.api;

/// A rule of the service that a request broke.
///
/// @param request the request's number
/// @param status the HTTP status that the service answers with
/// @param type the service's error type
/// @param where the place in the body as a path (`messages.2.content.0`), or a header's name
/// @param message one sentence about what is wrong
public record Violation(long request, int status, String type, String where, String message) {
    /// The text that goes to the client.
    public String answer() {
        return where.isEmpty() ? message : where + ": " + message;
    }
}
