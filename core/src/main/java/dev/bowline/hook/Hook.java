package dev.bowline.hook;

import java.time.Duration;
import java.util.Optional;

/// Something that is told of events and may change or refuse what follows.
///
/// All hooks that an event matters to run at the same time, each on a virtual thread of its own,
/// and what they say counts in the order in which they were registered. Interrupting the turn
/// interrupts them. Those with the same [identity][#identity] run once. A hook that throws or takes
/// too long [may block][#blocksOnFailure]; elsewhere that is put on record and has no effect.
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

    /// Whether failing or taking too long refuses what the event is about; by default a call that
    /// is about to be made and a prompt.
    default boolean blocksOnFailure(HookEvent event) {
        return event instanceof HookEvent.PreToolUse || event instanceof HookEvent.UserPromptSubmit;
    }

    /// What hooks that are the same have in common; empty for one that is like no other.
    default Optional<Object> identity() {
        return Optional.empty();
    }

    /// A permission rule, for example `Bash(git *)`: only calls that it would deny matter to the
    /// hook, and of the other events none does. Empty for no such limit. Where a command can't be
    /// read, the hook is told.
    default Optional<String> onlyFor() {
        return Optional.empty();
    }
}
