package dev.bowline.loop;

import dev.bowline.transcript.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a session's thread does: turn after turn, until nobody wants one.
final class TurnWorker implements Runnable {
    private final Schedule schedule;
    private final Admission admission;
    private final TurnEngine engine;

    TurnWorker(Schedule schedule, Admission admission, TurnEngine engine) {
        this.schedule = schedule;
        this.admission = admission;
        this.engine = engine;
    }

    private final TurnControl control =
            new TurnControl() {
                @Override
                public String interruptedBy() {
                    return schedule.interruptedBy();
                }

                @Override
                public void refused(UUID promptId, Outcome.Failed why) {
                    schedule.remove(promptId).ifPresent(prompt -> prompt.end(why, ""));
                }
            };

    @Override
    public void run() {
        work(schedule.next());
    }

    /// Summarises first.
    void run(Compacting job) {
        var next = finish(job.waiting, job.run(engine));
        job.done();
        work(next);
    }

    private void work(Optional<Waiting> first) {
        var turn = first;
        while (turn.isPresent()) {
            turn = use(turn.get());
        }
    }

    private Optional<Waiting> use(Waiting turn) {
        var refusal = turn.wanted().flatMap(wanted -> admission.admit(turn, wanted));
        return refusal.isPresent() ? drop(refusal.get()) : finish(turn, engine.run(turn, control));
    }

    /// Lets go of a prompt that has no turn.
    private Optional<Waiting> drop(Admission.Refusal refusal) {
        Optional<Waiting> next;
        try (var _ = schedule.hold()) {
            schedule.letGo();
            next = refusal.goesOn() ? schedule.next() : schedule.rest();
        }
        refusal.tell().run();
        return next;
    }

    /// Lets go of a turn that has ended, then tells those who wait for it.
    private Optional<Waiting> finish(Waiting turn, Outcome outcome) {
        var text = engine.transcript().lastText();
        List<Waiting> joined;
        Optional<Waiting> next;
        try (var _ = schedule.hold()) {
            schedule.letGo();
            joined = schedule.takeJoined();
            next = schedule.next();
        }
        turn.end(outcome, text);
        joined.forEach(prompt -> prompt.end(outcome, text));
        return next;
    }
}
