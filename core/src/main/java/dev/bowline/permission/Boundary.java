package dev.bowline.permission;

/// What happens when a session that has read content of strangers reaches for the outside. Such
/// content may be written to make the model carry data out.
public enum Boundary {
    /// Nothing; rules and mode decide as always.
    OPEN,
    /// A person is asked, unless a rule names the very channel: a bypassing mode, `Bash` as a whole
    /// or any program are not enough.
    ASK
}
