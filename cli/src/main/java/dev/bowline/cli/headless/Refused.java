package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.FrameWriter;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.error.BowlineException;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import java.util.List;
import java.util.Optional;

/// The one result of a run whose session could not be opened.
final class Refused {
    private Refused() {}

    static void write(Arguments args, Console console, TimeSource time, BowlineException why) {
        var session =
                args.has("--fork-session")
                        ? SessionId.random().value()
                        : args.value("--resume").orElseGet(() -> SessionId.random().value());
        var around =
                new Frames.Surroundings(
                        session,
                        console.directory(),
                        List.of(),
                        List::of,
                        List::of,
                        "none",
                        false,
                        List.of(),
                        List.of(),
                        any -> Optional.empty());
        new Frames(around, new FrameWriter(console.out()))
                .result(
                        Ending.notStarted(String.valueOf(why.getMessage()), why.code().wire()),
                        new TurnRecord(time),
                        SessionState.EMPTY);
    }
}
