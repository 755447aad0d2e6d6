package dev.bowline.checks.wrong.permission;

/// The one type of this room that the transcript may know.
public sealed interface Decision {
    /// It may run.
    record Allow() implements Decision {}
}
