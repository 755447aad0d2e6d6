package dev.bowline.permission;

/// What becomes of a question that was not answered in time.
public enum OnTimeout {
    /// The call is refused.
    DENY,
    /// The turn ends and the question stays open; see [Approver#later].
    DEFER
}
