package dev.bowline.transcript;

/// What an append has survived by the time it returns.
public enum Durability {
    /// The end of the process, also by `kill -9`: the entries are with the operating system. A loss
    /// of power may cost everything since the system last wrote its caches, often 30 seconds.
    PROCESS,
    /// As `PROCESS`, and flushed to the disk in the background at most 250 ms later (later if the
    /// disk is slower), also after the session was closed; closing the store waits for it. A loss
    /// of power costs what was appended in that time: whole appends from the end, never parts of
    /// one.
    PERIODIC,
    /// A loss of power too: appended entries are flushed to the disk before the append returns.
    /// Appends of other threads that arrive while a flush runs share the next one.
    ALWAYS
}
