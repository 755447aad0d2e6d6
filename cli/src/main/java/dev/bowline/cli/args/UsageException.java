package dev.bowline.cli.args;

import dev.bowline.error.ErrorCode;

/// The command line cannot be understood. The message is one sentence for the person who typed it.
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /// With the code `config_invalid`.
    public UsageException(String message) {
        this(ErrorCode.CONFIG_INVALID, message);
    }

    public UsageException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /// What is printed behind the sentence.
    public ErrorCode code() {
        return code;
    }
}
