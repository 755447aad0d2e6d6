package dev.bowline.testkit.api;

/// How a connection ends before its reply is complete.
public enum Cut {
    /// A TCP reset.
    RESET,
    /// An orderly close (FIN) in the middle of the HTTP body.
    FIN,
    /// The HTTP body ends correctly, but `message_stop` never came; the connection stays usable.
    /// Without streaming this is a complete HTTP answer with half a JSON text.
    EOF
}
