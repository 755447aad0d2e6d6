package dev.bowline.cli.output;

import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.function.Consumer;

/// Where a turn goes. Called in order: once `begin`, updates, once `end`.
public interface Output {
    void begin(String model, String mode);

    void update(Update update, TurnRecord record);

    /// Writes frames of its own making, if this is an output of frames.
    default void frames(Consumer<Frames> writing) {}

    void end(Ending ending, TurnRecord record, SessionState state);
}
