package dev.bowline.cli.headless;

/// A request of the host's cannot be carried out; the message is one sentence for the host.
final class RequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    RequestException(String message) {
        this(message, "");
    }

    /// @param code a word for programs; empty for none
    RequestException(String message, String code) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
