package dev.bowline.cli.headless;

/// A request of the host's cannot be carried out; the message is one sentence for the host.
final class RequestException extends Exception {
    private static final long serialVersionUID = 1L;

    RequestException(String message) {
        super(message);
    }
}
