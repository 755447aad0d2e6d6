package dev.bowline.cli.output;

import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;

/// Where a turn goes. Called in order: once `begin`, updates, once `end`.
public interface Output {
    void begin(String model, String mode);

    void update(Update update, TurnRecord record);

    void end(Ending ending, TurnRecord record, SessionState state);
}
