package dev.bowline.hook;

/// Something that is told of each event and may change or refuse what follows. Runs on the
/// session's thread, blocking; a throwing hook refuses PreToolUse and UserPromptSubmit and is
/// ignored elsewhere, and both are recorded.
@FunctionalInterface
public interface Hook {
    HookOutcome on(HookEvent event) throws Exception;

    /// Shown in the transcript.
    default String name() {
        return getClass().getSimpleName();
    }
}
