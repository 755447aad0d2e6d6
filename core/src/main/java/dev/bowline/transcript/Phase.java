package dev.bowline.transcript;

/// Where a session stands.
public enum Phase {
    /// Nothing is stored yet.
    CREATED,
    /// Opened; directory, model and mode are known.
    CONFIGURED,
    /// A prompt waits.
    READY,
    /// The model is being asked.
    PROCESSING,
    EXECUTING_TOOL,
    WAITING_FOR_APPROVAL,
    /// The model has answered and its answer is being dealt with.
    RESPONDING,
    IDLE,
    /// The last turn failed; the next prompt goes on.
    ERROR,
    CLOSED
}
