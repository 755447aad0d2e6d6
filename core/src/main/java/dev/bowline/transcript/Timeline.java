package dev.bowline.transcript;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The life of a session as changes of its phase, read off the transcript.
public record Timeline(List<Transition> transitions) {
    /// A change of phase; `entry` is the number of the entry that brought it.
    public record Transition(Phase from, Phase to, Instant at, long entry) {}

    public Timeline {
        transitions = List.copyOf(transitions);
    }

    public static Timeline of(List<Entry> entries) {
        var transitions = new ArrayList<Transition>();
        var state = SessionState.EMPTY;
        for (var entry : entries) {
            var next = state.plus(entry);
            if (next.phase() != state.phase()) {
                transitions.add(
                        new Transition(state.phase(), next.phase(), entry.at(), entry.number()));
            }
            state = next;
        }
        return new Timeline(transitions);
    }

    /// How long the session was in each phase, up to its last change.
    public Map<Phase, Duration> spent() {
        var spent = new EnumMap<Phase, Duration>(Phase.class);
        for (int i = 1; i < transitions.size(); i++) {
            var before = transitions.get(i - 1);
            spent.merge(
                    before.to(),
                    Duration.between(before.at(), transitions.get(i).at()),
                    Duration::plus);
        }
        return spent;
    }
}
