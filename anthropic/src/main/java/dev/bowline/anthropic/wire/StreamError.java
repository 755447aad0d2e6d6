package dev.bowline.anthropic.wire;

/// An `error` event within a stream that began well.
public final class StreamError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ServiceError error;

    StreamError(ServiceError error) {
        super(error.type());
        this.error = error;
    }

    public ServiceError error() {
        return error;
    }
}
