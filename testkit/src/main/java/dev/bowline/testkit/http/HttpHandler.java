package dev.bowline.testkit.http;

import java.io.IOException;

/// Answers one request on the connection's own virtual thread. An exception ends the connection.
@FunctionalInterface
public interface HttpHandler {
    /// Writes the answer; returns when it is complete or the connection was broken on purpose.
    void handle(HttpCall call, HttpAnswer answer) throws IOException, InterruptedException;
}
