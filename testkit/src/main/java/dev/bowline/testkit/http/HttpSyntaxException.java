package dev.bowline.testkit.http;

import java.io.IOException;

/// The peer sent something that is not an acceptable HTTP request.
final class HttpSyntaxException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    HttpSyntaxException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The status of the answer.
    int status() {
        return status;
    }
}
