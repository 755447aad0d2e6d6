package dev.bowline.cli.headless.host;

/// The host has closed its side, so nobody will answer.
public final class HostClosedException extends Exception {
    private static final long serialVersionUID = 1L;

    HostClosedException() {
        super(
                "the host has closed the input of this session, so it cannot be asked any more; keep the input open until the result has come");
    }
}
