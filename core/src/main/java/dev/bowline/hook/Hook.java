package dev.bowline.hook;

import java.time.Duration;
import java.util.Optional;

/// Something that is told of events and may change or refuse what follows.
///
/// All hooks that an event matters to run at the same time, each on a virtual thread of its own,
/// and what they say counts in the order in which they were registered. Interrupting the turn
/// interrupts them. A hook that throws or takes too long refuses PreToolUse and UserPromptSubmit;
/// elsewhere that is put on record and has no effect, unless the hook [blocks][#blocksOnFailure()].
@FunctionalInterface
public interface Hook {
    /// How long a hook may take that doesn't say.
    Duration TIMEOUT = Duration.ofMinutes(10);

    /// The same for UserPromptSubmit, where somebody waits.
    Duration PROMPT_TIMEOUT = Duration.ofSeconds(30);

    HookOutcome on(HookEvent event) throws Exception;

    /// Shown in the transcript.
    default String name() {
        return getClass().getSimpleName();
    }

    /// Whether it wants to hear of the event; called on the session's thread, must be quick. One
    /// that throws counts as a yes.
    default boolean matches(HookEvent event) {
        return true;
    }

    /// How long it may take before it is interrupted and left behind; empty for the default, 10
    /// minutes and 30 s for UserPromptSubmit.
    default Optional<Duration> timeout() {
        return Optional.empty();
    }

    /// Whether failing or taking too long means "no" for every event that can be refused.
    default boolean blocksOnFailure() {
        return false;
    }
}
