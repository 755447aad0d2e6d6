package dev.bowline.testkit.api;

/// Things in a stream that a client must refuse or ignore.
public enum Garbage {
    /// The next event's data is cut-off JSON.
    MALFORMED_JSON,
    /// An event of a type that no client knows is put in; to be ignored.
    UNKNOWN_EVENT,
    /// A text delta with a cut-off UTF-8 sequence is put in.
    BROKEN_UTF8,
    /// A delta for a content block that never started is put in.
    WRONG_INDEX,
    /// A gateway's HTML page in the place of the rest of the stream.
    HTML
}
