package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One question of permission and what became of it, as the transcript tells.
///
/// - `question`: the id of the entry that asks; a call that is asked about again has another one
/// - `input`: what was shown, and what runs if the answer is yes
/// - `decision`, `by`, `at`: what was answered, who did and when; null unless answered. Why is in
///   the decision
public record Approval(
        SessionId session,
        UUID question,
        String toolUseId,
        String tool,
        Json input,
        String reason,
        List<PermissionUpdate> suggestions,
        Instant asked,
        State state,
        @Nullable Decision decision,
        @Nullable String by,
        @Nullable Instant at) {
    /// Where a question stands.
    public enum State {
        OPEN,
        ANSWERED,
        /// The call or its turn ended before anybody answered.
        EXPIRED
    }

    public Approval {
        suggestions = List.copyOf(suggestions);
    }

    /// All questions of a session, oldest first. A fork has none of its parent's open ones.
    public static List<Approval> of(SessionId session, List<Entry> entries) {
        var all = new ArrayList<Approval>();
        var last = new LinkedHashMap<String, Integer>();
        long forked = 0;
        for (var entry : entries) {
            switch (entry.event()) {
                case Event.Opened e when e.origin() != null -> forked = e.origin().number();
                case Event.PermissionAsked e -> {
                    expire(all, last, e.toolUseId());
                    last.put(e.toolUseId(), all.size());
                    all.add(open(session, entry, e));
                }
                case Event.PermissionDecided e -> {
                    var at = last.get(e.toolUseId());
                    if (at != null) {
                        all.set(at, all.get(at).answered(e, entry.at()));
                    }
                }
                case Event.ToolFinished e -> expire(all, last, e.toolUseId());
                case Event.TurnEnded(int turn, Outcome how, var figures)
                        when !(how instanceof Outcome.Deferred) ->
                        expireAll(all, last);
                case Event.Rewound e -> expireAll(all, last);
                case Event any -> {}
            }
            if (entry.number() == forked) {
                expireAll(all, last);
            }
        }
        return List.copyOf(all);
    }

    private static Approval open(SessionId session, Entry entry, Event.PermissionAsked e) {
        return new Approval(
                session,
                entry.id(),
                e.toolUseId(),
                e.tool(),
                e.input(),
                e.reason(),
                e.suggestions(),
                entry.at(),
                State.OPEN,
                null,
                null,
                null);
    }

    private static void expireAll(List<Approval> all, LinkedHashMap<String, Integer> last) {
        List.copyOf(last.keySet()).forEach(id -> expire(all, last, id));
    }

    private static void expire(
            List<Approval> all, LinkedHashMap<String, Integer> last, String toolUseId) {
        var at = last.remove(toolUseId);
        if (at != null && all.get(at).isOpen()) {
            all.set(at, all.get(at).with(State.EXPIRED, null, null, null));
        }
    }

    private Approval answered(Event.PermissionDecided e, Instant when) {
        return with(State.ANSWERED, e.decision(), e.by(), when);
    }

    private Approval with(
            State next, @Nullable Decision what, @Nullable String who, @Nullable Instant when) {
        return new Approval(
                session,
                question,
                toolUseId,
                tool,
                input,
                reason,
                suggestions,
                asked,
                next,
                what,
                who,
                when);
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// An answer that lets the call run and calls like it as well, from then on.
    public Decision always(String why) {
        return new Decision.Allow(why, null, suggestions);
    }
}
