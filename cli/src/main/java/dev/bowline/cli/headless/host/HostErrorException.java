package dev.bowline.cli.headless.host;

/// The host answered with an error, or not in time.
public final class HostErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean timeout;

    HostErrorException(String message, boolean timeout) {
        super(message);
        this.timeout = timeout;
    }

    /// Whether the time ran out.
    public boolean timeout() {
        return timeout;
    }
}
