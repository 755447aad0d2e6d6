package dev.bowline.tool;

/// What running a tool leaves behind. Decides what may run in parallel and what may run again after
/// a crash.
public enum Effect {
    /// Changes nothing: calls run in parallel and may run again.
    READ,
    /// Changes something: calls run one after another and never twice.
    WRITE
}
