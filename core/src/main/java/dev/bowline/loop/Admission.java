package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.Optional;
import java.util.UUID;

/// Lets prompts in: asks hooks about a prompt that has the turn, then opens that turn or says why
/// there is none.
final class Admission {
    private final Schedule schedule;
    private final TurnEngine engine;
    private final TimeSource time;

    Admission(Schedule schedule, TurnEngine engine, TimeSource time) {
        this.schedule = schedule;
        this.engine = engine;
        this.time = time;
    }

    /// Why a prompt has no turn now: `tell` lets those know who wait for it; `goesOn` says that
    /// others may still have theirs.
    record Refusal(Runnable tell, boolean goesOn) {}

    /// Waits until a prompt's turn is open. Interrupting the caller interrupts the hooks.
    ///
    /// @throws BowlineException when it was refused
    Waiting await(Waiting prompt) {
        boolean interrupted = false;
        while (true) {
            try {
                prompt.awaitAdmission();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                schedule.interrupt("user", prompt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        prompt.refusal()
                .ifPresent(why -> {
                    throw why;
                });
        return prompt;
    }

    /// Opens a prompt's turn; one that an earlier process left open is ended first.
    void begin(Waiting prompt, Waiting.Wanted wanted, Hooks.Said said) {
        engine.settle();
        engine.begin(prompt, wanted, said);
    }

    /// Asks hooks about the prompt, then opens its turn; empty if it is open.
    Optional<Refusal> admit(Waiting prompt, Waiting.Wanted wanted) {
        try {
            long began = time.nanos();
            var said = engine.prompts().ask(wanted.content());
            prompt.looked(time.nanos() - began);
            return open(prompt, wanted, said);
        } catch (InterruptedException e) {
            return stopped(prompt, wanted);
        } catch (BowlineException e) {
            return Optional.of(stuck(prompt, wanted, e));
        } catch (RuntimeException e) {
            return Optional.of(
                    stuck(
                            prompt,
                            wanted,
                            new BowlineException(
                                    ErrorCode.INTERNAL,
                                    "the turn could not begin: "
                                            + e
                                            + "; this is a defect, please report it",
                                    e)));
        }
    }

    private Optional<Refusal> open(Waiting prompt, Waiting.Wanted wanted, Hooks.Said said) {
        try (var _ = schedule.hold()) {
            if (said.refused()) {
                var why = PromptHooks.refusal(said);
                return refused(prompt, wanted, said, why, PromptHooks.failed(why));
            }
            if (schedule.closed()) {
                return Optional.of(tooLate(prompt));
            }
            if (wanted.queued() && !waits(prompt.promptId())) {
                return Optional.of(new Refusal(() -> {}, true));
            }
            begin(prompt, wanted, said);
            schedule.remove(prompt.promptId());
            if (!wanted.queued() && somebodyHurries()) {
                schedule.interrupt("user");
            }
            return Optional.empty();
        }
    }

    private boolean waits(UUID promptId) {
        return engine.transcript().state().waits(promptId);
    }

    private boolean somebodyHurries() {
        return engine.transcript().state().queue().stream()
                .anyMatch(one -> one.priority().equals("now"));
    }

    /// Somebody interrupted while hooks looked at the prompt. A closed session keeps what waits.
    private Optional<Refusal> stopped(Waiting prompt, Waiting.Wanted wanted) {
        try (var _ = schedule.hold()) {
            return schedule.closed()
                    ? Optional.of(tooLate(prompt))
                    : refused(
                            prompt,
                            wanted,
                            Hooks.NOTHING,
                            new BowlineException(
                                    ErrorCode.PROMPT_BLOCKED_BY_HOOK,
                                    "the prompt was interrupted while hooks looked at it; send it again"),
                            new Outcome.Interrupted(schedule.interruptedBy()));
        }
    }

    private Refusal tooLate(Waiting prompt) {
        return new Refusal(() -> prompt.refuse(schedule.closedError()), true);
    }

    /// The prompt is gone: it isn't recorded, or no longer waits. The caller holds the lock.
    private Optional<Refusal> refused(
            Waiting prompt,
            Waiting.Wanted wanted,
            Hooks.Said said,
            BowlineException why,
            Outcome outcome) {
        if (!wanted.queued()) {
            return Optional.of(new Refusal(() -> prompt.refuse(why), true));
        }
        var id = prompt.promptId();
        boolean gone =
                engine.transcript()
                        .appendIf(
                                now -> now.waits(id),
                                PromptHooks.refused(id, said).toArray(Event[]::new))
                        .isPresent();
        schedule.remove(id);
        return Optional.of(
                new Refusal(
                        () -> {
                            if (gone) {
                                prompt.end(outcome, "");
                            }
                        },
                        true));
    }

    /// Prompts that can't begin now stay in the queue, for the next prompt or
    /// [SessionLoop#proceed]; nobody waits for them any longer.
    private Refusal stuck(Waiting first, Waiting.Wanted wanted, BowlineException why) {
        if (!wanted.queued()) {
            return new Refusal(() -> first.refuse(why), true);
        }
        return new Refusal(
                () -> {
                    var left = schedule.removeAll();
                    var outcome = PromptHooks.failed(why);
                    first.end(outcome, "");
                    left.forEach(prompt -> prompt.end(outcome, ""));
                },
                false);
    }
}
