package dev.bowline.loop;

import dev.bowline.transcript.Event;
import dev.bowline.transcript.Position;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionState;
import java.util.List;

/// Going back in a session in which no turn runs. The caller holds the session's lock.
final class Rewinding {
    private final SessionId id;
    private final TurnEngine engine;

    Rewinding(SessionId id, TurnEngine engine) {
        this.id = id;
        this.engine = engine;
    }

    /// Goes back to just after entry `to`.
    ///
    /// @throws IllegalArgumentException when there is no such entry, or a call would lose its
    ///   result there
    void to(long to) {
        long last = engine.transcript().state().number();
        if (to < 1 || to > last) {
            throw new IllegalArgumentException(
                    "session " + id + " has no entry " + to + "; use 1 to " + last);
        }
        if (engine.transcript().after(to).stream()
                .anyMatch(
                        e -> e.event() instanceof Event.Rewound(long kept, int any) && kept < to)) {
            throw new IllegalArgumentException(
                    "entry "
                            + to
                            + " no longer counts since a rewind before it; fork the session at it instead");
        }
        var prefix = SessionState.of(engine.transcript().after(0).subList(0, (int) to));
        if (!prefix.pending().isEmpty()) {
            throw new IllegalArgumentException(
                    "entry "
                            + to
                            + " lies between a tool call and its result; rewind to another entry");
        }
        engine.settle();
        engine.record(List.of(new Event.Rewound(to)));
    }

    /// Goes back to a place, also one inside a turn or a reply: calls that lose their result get
    /// one that says so.
    void to(Position at) {
        var state = engine.transcript().state();
        if (at.number() > state.number()) {
            throw new IllegalArgumentException("session " + id + " has no entry " + at.number());
        }
        boolean whole = at.equals(Position.after(state.number()));
        if (!whole || state.turn().open()) {
            engine.settle();
        }
        if (!whole) {
            engine.cut(at);
        }
    }
}
