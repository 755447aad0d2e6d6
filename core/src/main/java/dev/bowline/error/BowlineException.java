package dev.bowline.error;

import org.jspecify.annotations.Nullable;

/// The world broke: store, network, model service or a limit. The message is one sentence: what,
/// which value, what to do. [#code()] is stable and documented in `docs/errors.md`.
public class BowlineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public BowlineException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public BowlineException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public final ErrorCode code() {
        return code;
    }
}
