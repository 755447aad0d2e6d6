package dev.bowline.loop;

import dev.bowline.transcript.Outcome;
import java.util.UUID;

/// What a running turn asks of whoever runs it.
interface TurnControl {
    /// Who interrupted the turn.
    String interruptedBy();

    /// A prompt that wanted to join was refused, and no longer waits.
    void refused(UUID promptId, Outcome.Failed why);
}
