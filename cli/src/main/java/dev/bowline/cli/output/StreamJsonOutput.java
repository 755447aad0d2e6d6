package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.FrameWriter;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.function.Consumer;
import java.util.function.Function;

/// Each frame as a line of its own, as soon as it is known.
public final class StreamJsonOutput implements Output {
    private final Frames frames;

    /// @param frames makes the frames, given where they go
    public StreamJsonOutput(Lines out, Function<Consumer<String>, Frames> frames) {
        this.frames = frames.apply(new FrameWriter(out));
    }

    @Override
    public void begin(String model, String mode) {
        frames.init(model, mode);
    }

    @Override
    public void update(Update update, TurnRecord record) {
        frames.update(update, record);
    }

    @Override
    public void frames(Consumer<Frames> writing) {
        writing.accept(frames);
    }

    @Override
    public void end(Ending ending, TurnRecord record, SessionState state) {
        frames.result(ending, record, state);
    }
}
