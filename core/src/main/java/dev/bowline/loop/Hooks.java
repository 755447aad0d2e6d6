package dev.bowline.loop;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs all hooks for an event and joins what they say: the strictest ruling wins, the last changed
/// input wins, notes add up, each in the order of registration.
final class Hooks {
    /// Nobody was asked, or nobody said anything.
    static final Said NOTHING = new Said(HookOutcome.none(), List.of());

    private final Supplier<List<Hook>> hooks;
    private final TimeSource time;

    /// @param hooks asked anew for each event
    Hooks(Supplier<List<Hook>> hooks, TimeSource time) {
        this.hooks = hooks;
        this.time = time;
    }

    /// What they said together, and the entries that tell of it.
    record Said(HookOutcome outcome, List<Event> events) {
        boolean refused() {
            return outcome.ruling() == Ruling.REFUSE;
        }

        String reason() {
            return outcome.reason() == null ? "no reason given" : outcome.reason();
        }
    }

    boolean none() {
        return hooks.get().isEmpty();
    }

    /// Whether any hook wants to hear of it.
    boolean wanted(HookEvent event) {
        return hooks.get().stream().anyMatch(hook -> matches(hook, event));
    }

    private static boolean matches(Hook hook, HookEvent event) {
        try {
            return hook.matches(event);
        } catch (RuntimeException undecided) {
            return true;
        }
    }

    /// Asks them all and waits for all answers. For a question of permission one refusal is enough.
    ///
    /// @throws InterruptedException when the caller was interrupted; then the hooks are as well
    Said run(HookEvent event) throws InterruptedException {
        var asked = hooks.get().stream().filter(hook -> matches(hook, event)).toList();
        if (asked.isEmpty()) {
            return NOTHING;
        }
        var heard = new HookRun.@Nullable Heard[asked.size()];
        try (var run = new HookRun(asked, event, time)) {
            for (int i = 0; i < asked.size(); i++) {
                var next = run.next();
                heard[next.index()] = next;
                if (event instanceof HookEvent.PermissionRequested
                        && next.outcome().ruling() == Ruling.REFUSE) {
                    break;
                }
            }
        }
        var answers = new Answers(event);
        for (int i = 0; i < heard.length; i++) {
            var one = heard[i];
            if (one != null) {
                answers.add(asked.get(i), one);
            }
        }
        return answers.joined();
    }

    /// What several hooks say, becoming one.
    private static final class Answers {
        private final HookEvent event;
        private final List<Event> events = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<PermissionUpdate> updates = new ArrayList<>();
        private Ruling ruling = Ruling.NONE;
        private @Nullable String reason;
        private @Nullable Json input;
        private @Nullable String output;
        private @Nullable String stop;
        private boolean interrupt;

        Answers(HookEvent event) {
            this.event = event;
        }

        void add(Hook hook, HookRun.Heard heard) {
            var outcome =
                    heard.failure() == null ? heard.outcome() : afterFailure(hook, heard.failure());
            if (!outcome.equals(HookOutcome.none())) {
                events.add(ran(hook, outcome, heard));
            }
            if (outcome.ruling().compareTo(ruling) > 0) {
                ruling = outcome.ruling();
                reason = outcome.reason();
            }
            input = outcome.updatedInput() == null ? input : outcome.updatedInput();
            output = outcome.updatedOutput() == null ? output : outcome.updatedOutput();
            stop = stop == null ? outcome.stop() : stop;
            interrupt |= outcome.interrupt();
            updates.addAll(outcome.updates());
            if (outcome.context() != null) {
                notes.add(outcome.context());
            }
        }

        private HookOutcome afterFailure(Hook hook, String why) {
            return event instanceof HookEvent.PreToolUse
                            || event instanceof HookEvent.UserPromptSubmit
                            || hook.blocksOnFailure()
                    ? HookOutcome.refuse(why)
                    : new HookOutcome(Ruling.NONE, why, null, null, null);
        }

        private Event ran(Hook hook, HookOutcome outcome, HookRun.Heard heard) {
            return new Event.HookRan(
                    event.name(),
                    hook.name(),
                    outcome.ruling().name(),
                    outcome.reason(),
                    Duration.ofNanos(heard.nanos()),
                    event.subject(),
                    outcome.message(),
                    outcome.stop(),
                    heard.failure() != null);
        }

        Said joined() {
            return new Said(
                    new HookOutcome(
                            ruling,
                            reason,
                            input,
                            output,
                            notes.isEmpty() ? null : String.join("\n", notes),
                            stop,
                            null,
                            updates,
                            interrupt),
                    events);
        }
    }
}
