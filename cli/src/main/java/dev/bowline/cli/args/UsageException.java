package dev.bowline.cli.args;

/// The command line cannot be understood. The message is one sentence for the person who typed it.
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
