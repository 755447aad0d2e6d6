package dev.bowline.loop;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs all hooks for an event and joins what they say: the strictest ruling wins, the last changed
/// input wins, notes add up, each in the order of registration.
final class Hooks implements AutoCloseable {
    /// Nobody was asked, or nobody said anything.
    static final Said NOTHING = new Said(HookOutcome.none(), List.of());

    private final Supplier<List<Hook>> hooks;
    private final TimeSource time;
    private final HookWords words;
    private final LateHooks late;

    /// @param hooks asked anew for each event
    /// @param results the session's folder for files
    Hooks(Supplier<List<Hook>> hooks, TimeSource time, Supplier<Path> results) {
        this.hooks = hooks;
        this.time = time;
        this.words = new HookWords(results);
        this.late = new LateHooks(words);
    }

    /// What they said together, and the entries that tell of it. Notes read as the model gets them.
    record Said(HookOutcome outcome, List<Event> events) {
        boolean refused() {
            return outcome.ruling() == Ruling.REFUSE;
        }

        String reason() {
            return outcome.reason() == null ? "no reason given" : outcome.reason();
        }
    }

    /// Where no call is, no rule is about it.
    private static boolean noCall(String rule) {
        return false;
    }

    boolean none() {
        return hooks.get().isEmpty();
    }

    /// Whether any hook wants to hear of it.
    boolean wanted(HookEvent event) {
        return wanted(event, Hooks::noCall);
    }

    /// The same for a call; `touched` tells whether a permission rule is about it.
    boolean wanted(HookEvent event, Predicate<String> touched) {
        return hooks.get().stream().anyMatch(hook -> concerns(hook, event, touched));
    }

    /// What can't be decided counts as a yes: a hook hears rather too much.
    private static boolean concerns(Hook hook, HookEvent event, Predicate<String> touched) {
        try {
            return hook.matches(event) && hook.onlyFor().map(touched::test).orElse(true);
        } catch (RuntimeException undecided) {
            return true;
        }
    }

    Said run(HookEvent event) throws InterruptedException {
        return run(event, Hooks::noCall);
    }

    /// Asks them all and waits for all answers. For a question of permission one refusal is enough.
    ///
    /// @param touched whether a permission rule is about the call
    /// @throws InterruptedException when the caller was interrupted; then the hooks are as well
    Said run(HookEvent event, Predicate<String> touched) throws InterruptedException {
        var asked = asked(event, touched);
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
        var answers = new Answers(event, words);
        for (int i = 0; i < heard.length; i++) {
            var one = heard[i];
            if (one != null) {
                answers.add(asked.get(i), one);
                var rest = one.outcome().later();
                if (rest != null && !late.start(asked.get(i), event, rest)) {
                    LateHooks.end(rest);
                }
            }
        }
        return answers.joined();
    }

    private List<Hook> asked(HookEvent event, Predicate<String> touched) {
        var known = new HashSet<Object>();
        return hooks.get().stream()
                .filter(hook -> concerns(hook, event, touched))
                .filter(hook -> hook.identity().map(known::add).orElse(true))
                .toList();
    }

    /// Tells hooks of something that nobody waits for; what they say comes with [#late].
    void tellLater(HookEvent event) {
        asked(event, Hooks::noCall).forEach(hook -> late.start(hook, event, () -> hook.on(event)));
    }

    /// What hooks that go on after their event have said since this was asked last.
    List<Event> late() {
        return late.take();
    }

    /// Stops hooks that go on after their event.
    @Override
    public void close() {
        late.close();
    }

    /// What several hooks say, becoming one.
    private static final class Answers {
        private final HookEvent event;
        private final List<Event> events = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<PermissionUpdate> updates = new ArrayList<>();
        private final Map<String, String> variables = new LinkedHashMap<>();
        private Ruling ruling = Ruling.NONE;
        private @Nullable String reason;
        private @Nullable Json input;
        private @Nullable String output;
        private @Nullable String stop;
        private @Nullable String title;
        private boolean interrupt;
        private boolean retry;
        private final HookWords words;

        Answers(HookEvent event, HookWords words) {
            this.event = event;
            this.words = words;
        }

        void add(Hook hook, HookRun.Heard heard) {
            var outcome =
                    (heard.failure() == null
                                    ? heard.outcome()
                                    : afterFailure(hook, heard.failure()))
                            .withTexts(words::bounded);
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
            retry |= outcome.retry();
            title = outcome.title() == null ? title : outcome.title();
            updates.addAll(outcome.updates());
            variables.putAll(outcome.variables());
            if (outcome.context() != null) {
                notes.add(HookWords.context(event, outcome.context()));
            }
        }

        private HookOutcome afterFailure(Hook hook, String why) {
            return hook.blocksOnFailure(event) ? HookOutcome.refuse(why) : HookOutcome.silent(why);
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
                            notes.isEmpty() ? null : String.join("\n\n", notes),
                            stop,
                            null,
                            updates,
                            interrupt,
                            retry,
                            title,
                            variables,
                            null),
                    events);
        }
    }
}
