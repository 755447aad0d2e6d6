package dev.bowline.cli.headless.mcp;

/// How a server is doing.
public enum ServerStatus {
    PENDING,
    CONNECTED,
    FAILED,
    DISABLED;

    /// As frames spell it.
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
