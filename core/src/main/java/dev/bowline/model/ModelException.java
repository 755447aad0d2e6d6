package dev.bowline.model;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A model call that gave no reply. [#code()] says of which kind, [#retryable()] whether the same
/// call may succeed later.
public final class ModelException extends BowlineException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean retryable;
    private final transient @Nullable Duration retryAfter;
    private final @Nullable String requestId;

    public ModelException(ErrorCode code, String message, boolean retryable) {
        this(code, message, 0, retryable, null, null, null);
    }

    public ModelException(
            ErrorCode code,
            String message,
            int status,
            boolean retryable,
            @Nullable Duration retryAfter,
            @Nullable String requestId,
            @Nullable Throwable cause) {
        super(code, message, cause);
        this.status = status;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
        this.requestId = requestId;
    }

    /// The HTTP status, or 0 when there was no answer.
    public int status() {
        return status;
    }

    public boolean retryable() {
        return retryable;
    }

    /// How long the service asked to wait, or null.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public @Nullable String requestId() {
        return requestId;
    }
}
