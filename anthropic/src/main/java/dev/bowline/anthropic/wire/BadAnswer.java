package dev.bowline.anthropic.wire;

import org.jspecify.annotations.Nullable;

/// An answer that is not what the Messages API promises. The message completes "the answer …".
public final class BadAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadAnswer(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public BadAnswer(String message) {
        this(message, null);
    }
}
