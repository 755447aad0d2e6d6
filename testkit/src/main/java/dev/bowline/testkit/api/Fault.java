package dev.bowline.testkit.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes wrong or is unusual when a reply is delivered. `after` counts SSE events, or eighths
/// of the JSON body when the request did not ask for a stream.
sealed interface Fault {
    record Disconnect(int after, boolean insideNext, Cut cut) implements Fault {}

    record Stall(int after, @Nullable Gate gate) implements Fault {}

    record ErrorEvent(int after, String type, String message) implements Fault {}

    record Bad(int after, Garbage garbage) implements Fault {}

    record Insert(int after, String raw) implements Fault {}

    record Every(int events, String raw) implements Fault {}

    record Pause(int every, Duration time) implements Fault {}

    record CarriageReturns() implements Fault {}

    record Pieces(int bytes, Duration pause) implements Fault {}

    record CutsAt(List<Integer> offsets) implements Fault {}

    record LateStart(Duration delay) implements Fault {}

    record HeldStart(Gate gate) implements Fault {}

    record CloseAfterwards() implements Fault {}
}
