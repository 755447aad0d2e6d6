package dev.bowline.anthropic.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A call that the network or the peer broke, with the phase in which that happened.
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What went wrong.
    public enum Kind {
        UNKNOWN_HOST,
        /// Refused, unreachable or no route.
        NOT_CONNECTED,
        CONNECT_TIMEOUT,
        TLS,
        /// The proxy did not open the way.
        PROXY,
        FIRST_BYTE_TIMEOUT,
        IDLE_TIMEOUT,
        /// The connection ended before the first byte of an answer.
        NO_ANSWER,
        /// The connection ended within the answer.
        BROKEN,
        /// What came is not HTTP.
        NOT_HTTP
    }

    private final Kind kind;
    private final String peer;

    public TransportException(Kind kind, String peer, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.peer = peer;
    }

    public Kind kind() {
        return kind;
    }

    /// Host and port that the failed step was talking to.
    public String peer() {
        return peer;
    }

    /// What is known beyond kind and peer; may be empty.
    public String detail() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
