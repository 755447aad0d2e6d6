package dev.bowline.loop;

import dev.bowline.budget.Budget;
import dev.bowline.budget.Money;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The model calls of a session's turns: within the budget, each on record with what it used and
/// cost, also when it was broken off.
final class ModelCalls {
    private final Setup setup;
    private final Transcript transcript;
    private final Recorder recorder;
    private final Requests requests;
    private final Compactor compactor;
    private final AtomicReference<@Nullable ModelRequest> lastRequest = new AtomicReference<>();
    private @Nullable Speech speech;

    ModelCalls(
            Setup setup,
            Transcript transcript,
            Recorder recorder,
            Requests requests,
            Compactor compactor) {
        this.setup = setup;
        this.transcript = transcript;
        this.recorder = recorder;
        this.requests = requests;
        this.compactor = compactor;
    }

    /// What a call left that was broken off: the name that was announced for its entry, and what is
    /// to be recorded of it.
    record Cut(UUID entry, List<Event> events) {}

    Optional<ModelRequest> lastRequest() {
        return Optional.ofNullable(lastRequest.get());
    }

    /// Asks the model for what comes next; summarises first if it is time to.
    ///
    /// @throws BowlineException `budget_exhausted` before a call that is no longer paid for
    void next(Meter meter) throws InterruptedException {
        checkBudget();
        var summarising = compactor.beforeCall();
        if (!summarising.isZero()) {
            meter.api(summarising.toNanos());
        }
        var request = requests.next(transcript.state());
        lastRequest.set(request);
        var listening =
                new Speech(
                        setup.ids(),
                        (entry, event) -> recorder.show(new Update.Delta(entry, event)));
        speech = listening;
        long began = setup.time().nanos();
        var reservation = setup.ledger().reserve(estimate());
        long cost = 0;
        try {
            var reply = setup.model().reply(request, listening);
            long took = setup.time().nanos() - began;
            meter.api(took);
            long price = setup.prices().applyAsLong(reply.model(), reply.usage());
            speech = null;
            var lost = spent(listening.lost(), "retry");
            cost = Math.max(0, price) + total(lost);
            var events = new ArrayList<Event>();
            events.add(replied(reply, price, Duration.ofNanos(took)));
            events.addAll(lost);
            recorder.recordAs(listening.entry(), events);
        } finally {
            if (speech != null) {
                meter.api(setup.time().nanos() - began);
                cost = total(spent(listening.lost().plus(listening.usage()), ""));
            }
            reservation.settle(cost);
        }
    }

    /// What was used without an answer that counts; nothing if that is nothing.
    private List<Event.Spent> spent(Usage usage, String purpose) {
        var model = transcript.state().model();
        return usage.equals(Usage.NONE)
                ? List.of()
                : List.of(
                        new Event.Spent(
                                model, usage, setup.prices().applyAsLong(model, usage), purpose));
    }

    private static long total(List<? extends Event> events) {
        return events.stream()
                .mapToLong(event -> event instanceof Event.Spent s ? Math.max(0, s.cost()) : 0)
                .sum();
    }

    private static Event.Replied replied(ModelReply reply, long cost, Duration took) {
        return new Event.Replied(
                reply.messageId(),
                reply.model(),
                reply.content(),
                reply.stopReason(),
                reply.stopDetails(),
                reply.usage(),
                cost,
                reply.requestId(),
                took);
    }

    /// Takes what the user has interrupted: what was said so far counts.
    Cut interrupted() {
        var cut = speech;
        speech = null;
        if (cut == null) {
            return new Cut(setup.ids().get(), List.of());
        }
        var events = new ArrayList<Event>();
        if (cut.soFar().isEmpty()) {
            events.addAll(spent(cut.usage(), "interrupted"));
        } else {
            events.add(aborted(cut));
        }
        events.addAll(spent(cut.lost(), "retry"));
        return new Cut(cut.entry(), events);
    }

    private Event.Replied aborted(Speech cut) {
        var model = transcript.state().model();
        return new Event.Replied(
                cut.messageId(),
                model,
                cut.soFar(),
                StopReason.ABORTED,
                null,
                cut.usage(),
                setup.prices().applyAsLong(model, cut.usage()),
                cut.requestId(),
                Duration.ZERO);
    }

    /// Takes what has failed: what was said doesn't count, but was paid for.
    List<Event.Spent> lost() {
        var cut = speech;
        speech = null;
        return cut == null ? List.of() : spent(cut.lost().plus(cut.usage()), "lost");
    }

    private void checkBudget() {
        var state = transcript.state();
        var budget = setup.limits().budget();
        boolean bounded = Math.min(budget.sessionCost(), budget.turnCost()) < Budget.UNLIMITED;
        if (bounded && setup.prices().applyAsLong(state.model(), Usage.of(1, 1)) < 0) {
            throw new BowlineException(
                    ErrorCode.BUDGET_EXHAUSTED,
                    "the model "
                            + state.model()
                            + " has no known price, so a budget in dollars cannot be kept; give prices or leave the budget out");
        }
        if (state.totals().cost() >= budget.sessionCost()) {
            throw overBudget("session", Money.text(budget.sessionCost()));
        }
        if (state.turn().cost() >= budget.turnCost()) {
            throw overBudget("turn", Money.text(budget.turnCost()));
        }
        if (state.totals().usage().total() >= budget.sessionTokens()) {
            throw overBudget("session", budget.sessionTokens() + " tokens");
        }
    }

    /// What the next call may cost: as much input as the last one took, and a short answer.
    private long estimate() {
        var state = transcript.state();
        long input = state.lastReply().map(reply -> reply.usage().total()).orElse(1_000L);
        return Math.max(0, setup.prices().applyAsLong(state.model(), Usage.of(input, 1_000)));
    }

    private static BowlineException overBudget(String whose, String cap) {
        return new BowlineException(
                ErrorCode.BUDGET_EXHAUSTED,
                "Reached maximum budget ("
                        + cap
                        + ") of the "
                        + whose
                        + "; raise it to let the agent go on");
    }
}
