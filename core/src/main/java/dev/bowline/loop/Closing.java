package dev.bowline.loop;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.tool.Effect;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The entries that bring an unfinished turn to an end, so that every call has its result and every
/// turn its outcome.
final class Closing {
    private Closing() {}

    /// Results for the calls that have none.
    static List<Event> pending(SessionState state, String why, ErrorCode code) {
        return state.pending().stream()
                .<Event>map(call ->
                        new Event.ToolFinished(
                                call.use().id(),
                                call.use().name(),
                                List.of(new ContentBlock.Text(why)),
                                code.wire(),
                                null,
                                Duration.ZERO))
                .toList();
    }

    /// Results for the calls that have none because `what` ended: those that may have changed
    /// something say that their outcome is unknown.
    static List<Event> unfinished(SessionState state, String what) {
        return state.pending().stream()
                .<Event>map(call -> {
                    boolean unknown =
                            call.started() != null && call.started().effect() == Effect.WRITE;
                    return new Event.ToolFinished(
                            call.use().id(),
                            call.use().name(),
                            List.of(
                                    new ContentBlock.Text(
                                            unknown
                                                    ? what
                                                            + " ended while this call was running: it was interrupted and its outcome is unknown."
                                                    : what + " ended before this call was made.")),
                            (unknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.TOOL_INTERRUPTED)
                                    .wire(),
                            null,
                            Duration.ZERO);
                })
                .toList();
    }

    /// The end of a turn that its process didn't see.
    static List<Event> afterCrash(SessionState state) {
        var closing = new ArrayList<Event>(unfinished(state, "The process"));
        closing.add(
                new Event.TurnEnded(
                        state.turn().number(), new Outcome.Interrupted("process"), Meter.NOTHING));
        return closing;
    }
}
