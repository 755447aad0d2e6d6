package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What hooks say about another model. Where a hook wants somebody to be asked, nobody can be: that
/// refuses it.
final class ModelSwitch {
    private final String sessionId;
    private final Hooks hooks;
    private final Supplier<SessionState> state;
    private final String first;
    private final Consumer<HookEvent> teller;

    /// @param first the model that a session without entries would use
    /// @param teller lets hooks know of what they can't change
    ModelSwitch(
            String sessionId,
            Hooks hooks,
            Supplier<SessionState> state,
            String first,
            Consumer<HookEvent> teller) {
        this.sessionId = sessionId;
        this.hooks = hooks;
        this.state = state;
        this.first = first;
        this.teller = teller;
    }

    /// Asks hooks when the event is a switch; what to tell them once it has happened.
    Optional<HookEvent> begins(Event event) {
        if (!(event instanceof Event.ModelChanged(String to)) || hooks.none()) {
            return Optional.empty();
        }
        var now = state.get();
        var from = now.model().isEmpty() ? first : now.model();
        if (from.equals(to)) {
            return Optional.empty();
        }
        long tokens = now.contextTokens();
        ask(new HookEvent.PreModelSwitch(sessionId, from, to, to, "user", tokens), to);
        return Optional.of(new HookEvent.PostModelSwitch(sessionId, from, to, to, "user", tokens));
    }

    private void ask(HookEvent.PreModelSwitch event, String to) {
        try {
            var said = hooks.run(event);
            if (said.outcome().ruling().compareTo(Ruling.ASK) >= 0) {
                throw new BowlineException(
                        ErrorCode.MODEL_SWITCH_REFUSED,
                        "a hook refused to switch to " + to + ": " + said.reason());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BowlineException(
                    ErrorCode.MODEL_SWITCH_REFUSED,
                    "hooks were interrupted before they agreed to " + to + "; switch again",
                    e);
        }
    }

    void ended(HookEvent event) {
        teller.accept(event);
    }
}
