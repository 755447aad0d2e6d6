package dev.bowline.loop;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/// One question of permission, put to hooks and to the approver at the same time: the first answer
/// counts, and the other side is interrupted. Where nobody can be asked, hooks are heard first.
final class Question {
    /// How long the side that lost may take to stop before it is left behind.
    private static final Duration GRACE = Duration.ofSeconds(1);

    /// How long a person may think before hooks are notified.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// The answer, who gave it, and what hooks leave on record.
    record Answer(Decision decision, String by, List<Event> events) {}

    private sealed interface Heard {
        record FromHooks(Hooks.Said said) implements Heard {}

        record FromPerson(Decision decision) implements Heard {}

        record Failed(Throwable why) implements Heard {}
    }

    private interface Asked {
        Heard answer() throws InterruptedException;
    }

    private final Hooks hooks;
    private final Approver approver;
    private final TimeSource time;

    Question(Hooks hooks, Approver approver, TimeSource time) {
        this.hooks = hooks;
        this.approver = approver;
        this.time = time;
    }

    /// @param touched whether a permission rule is about the call
    Answer ask(PermissionRequest request, Predicate<String> touched) throws InterruptedException {
        var waiting = notify(request);
        try {
            return answer(request, touched);
        } finally {
            waiting.interrupt();
        }
    }

    /// Lets hooks know when a person takes long; without a person to ask, nothing.
    private Thread notify(PermissionRequest request) {
        var event =
                new HookEvent.Notification(
                        request.sessionId(),
                        "Permission is needed to use " + request.tool(),
                        null,
                        "permission_prompt");
        return Thread.ofVirtual()
                .name("ask-notification")
                .start(() -> {
                    try {
                        if (!approver.equals(Approver.NOBODY) && hooks.wanted(event)) {
                            time.sleep(PATIENCE);
                            hooks.tellLater(event);
                        }
                    } catch (InterruptedException answered) {
                        // nobody has to be told
                        return;
                    }
                });
    }

    private Answer answer(PermissionRequest request, Predicate<String> touched)
            throws InterruptedException {
        var event =
                new HookEvent.PermissionRequested(
                        request.sessionId(),
                        request.toolUseId(),
                        request.tool(),
                        request.input(),
                        request.reason(),
                        request.suggestions());
        if (!hooks.wanted(event, touched)) {
            return person(approver.ask(request), List.of());
        }
        if (approver.equals(Approver.NOBODY)) {
            var said = hooks.run(event, touched);
            return decides(said) ? hook(said) : person(approver.ask(request), said.events());
        }
        return race(event, request, touched);
    }

    private Answer race(HookEvent event, PermissionRequest request, Predicate<String> touched)
            throws InterruptedException {
        var heard = new LinkedBlockingQueue<Heard>();
        var threads =
                List.of(
                        start(
                                "ask-hooks",
                                heard,
                                () -> new Heard.FromHooks(hooks.run(event, touched))),
                        start(
                                "ask-person",
                                heard,
                                () -> new Heard.FromPerson(approver.ask(request))));
        var events = List.<Event>of();
        try {
            while (true) {
                switch (heard.take()) {
                    case Heard.FromHooks(var said) when decides(said) -> {
                        return hook(said);
                    }
                    case Heard.FromHooks(var said) -> events = said.events();
                    case Heard.FromPerson(var decision) -> {
                        return person(decision, events);
                    }
                    case Heard.Failed(var why) -> throw unchecked(why);
                }
            }
        } finally {
            threads.forEach(Thread::interrupt);
            Threads.join(threads, GRACE);
        }
    }

    private static Thread start(String name, LinkedBlockingQueue<Heard> heard, Asked asked) {
        return Thread.ofVirtual().name(name).start(() -> heard.add(answer(asked)));
    }

    private static Heard answer(Asked asked) {
        try {
            return asked.answer();
        } catch (Throwable e) {
            return new Heard.Failed(e);
        }
    }

    private static RuntimeException unchecked(Throwable why) throws InterruptedException {
        return switch (why) {
            case InterruptedException e -> throw e;
            case Error e -> throw e;
            case RuntimeException e -> e;
            default -> new IllegalStateException(why);
        };
    }

    private static boolean decides(Hooks.Said said) {
        return said.outcome().ruling() == Ruling.ALLOW || said.refused();
    }

    private static Answer hook(Hooks.Said said) {
        return new Answer(
                said.refused()
                        ? new Decision.Deny("hook", said.reason(), said.outcome().interrupt())
                        : new Decision.Allow(
                                "hook: " + said.reason(),
                                said.outcome().updatedInput(),
                                said.outcome().updates()),
                "hook",
                said.events());
    }

    private Answer person(Decision decision, List<Event> events) {
        return new Answer(decision, approver.equals(Approver.NOBODY) ? "policy" : "user", events);
    }
}
