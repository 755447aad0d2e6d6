package dev.bowline.cli.output;

import dev.bowline.cli.console.Lines;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.FrameWriter;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// One JSON value when the turn has ended: the result frame, or with `whole` the array of all
/// frames.
public final class JsonOutput implements Output {
    private final Lines out;
    private final boolean whole;
    private final List<String> kept = new ArrayList<>();
    private final Frames frames;

    /// @param frames makes the frames, given where they go
    public JsonOutput(Lines out, boolean whole, Function<Consumer<String>, Frames> frames) {
        this.out = out;
        this.whole = whole;
        this.frames = frames.apply(kept::add);
    }

    @Override
    public void begin(String model, String mode) {
        if (whole) {
            frames.init(model, mode);
        }
    }

    @Override
    public void update(Update update, TurnRecord record) {
        if (whole) {
            frames.update(update, record);
        }
    }

    @Override
    public void frames(Consumer<Frames> writing) {
        if (whole) {
            writing.accept(frames);
        }
    }

    @Override
    public void end(Ending ending, TurnRecord record, SessionState state) {
        frames.result(ending, record, state);
        if (!whole) {
            new FrameWriter(out).accept(kept.getLast());
            return;
        }
        for (int i = 0; i < kept.size(); i++) {
            out.write((i == 0 ? "[" : ",") + kept.get(i));
        }
        out.write("]\n");
    }
}
