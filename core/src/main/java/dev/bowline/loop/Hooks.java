package dev.bowline.loop;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs all hooks for an event and joins what they say: the strictest ruling wins, the last changed
/// input wins, notes add up.
final class Hooks {
    private final List<Hook> hooks;
    private final TimeSource time;

    Hooks(List<Hook> hooks, TimeSource time) {
        this.hooks = List.copyOf(hooks);
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
        return hooks.isEmpty();
    }

    Said run(HookEvent event) throws InterruptedException {
        var ruling = Ruling.NONE;
        @Nullable String reason = null;
        @Nullable Json input = null;
        @Nullable String output = null;
        var notes = new ArrayList<String>();
        var events = new ArrayList<Event>();
        for (var hook : hooks) {
            long began = time.nanos();
            var outcome = one(hook, event);
            if (!outcome.equals(HookOutcome.none())) {
                events.add(
                        new Event.HookRan(
                                event.name(),
                                hook.name(),
                                outcome.ruling().name(),
                                outcome.reason(),
                                Duration.ofNanos(time.nanos() - began)));
            }
            if (outcome.ruling().compareTo(ruling) > 0) {
                ruling = outcome.ruling();
                reason = outcome.reason();
            }
            input = outcome.updatedInput() == null ? input : outcome.updatedInput();
            output = outcome.updatedOutput() == null ? output : outcome.updatedOutput();
            if (outcome.context() != null) {
                notes.add(outcome.context());
            }
        }
        return new Said(
                new HookOutcome(
                        ruling,
                        reason,
                        input,
                        output,
                        notes.isEmpty() ? null : String.join("\n", notes)),
                events);
    }

    private static HookOutcome one(Hook hook, HookEvent event) throws InterruptedException {
        try {
            return hook.on(event);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            var reason = "hook " + hook.name() + " failed: " + e;
            return event instanceof HookEvent.PreToolUse
                            || event instanceof HookEvent.UserPromptSubmit
                    ? HookOutcome.refuse(reason)
                    : new HookOutcome(Ruling.NONE, reason, null, null, null);
        }
    }
}
