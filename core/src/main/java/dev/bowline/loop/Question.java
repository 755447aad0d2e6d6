package dev.bowline.loop;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/// One question of permission, put to hooks and to the approver at the same time: the first answer
/// counts, and the other side is interrupted. Where nobody can be asked, hooks are heard first.
final class Question {
    /// How long the side that lost may take to stop before it is left behind.
    private static final Duration GRACE = Duration.ofSeconds(1);

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

    Question(Hooks hooks, Approver approver) {
        this.hooks = hooks;
        this.approver = approver;
    }

    Answer ask(PermissionRequest request) throws InterruptedException {
        var event =
                new HookEvent.PermissionRequested(
                        request.sessionId(),
                        request.toolUseId(),
                        request.tool(),
                        request.input(),
                        request.reason(),
                        request.suggestions());
        if (!hooks.wanted(event)) {
            return person(approver.ask(request), List.of());
        }
        if (approver.equals(Approver.NOBODY)) {
            var said = hooks.run(event);
            return decides(said) ? hook(said) : person(approver.ask(request), said.events());
        }
        return race(event, request);
    }

    private Answer race(HookEvent event, PermissionRequest request) throws InterruptedException {
        var heard = new LinkedBlockingQueue<Heard>();
        var threads =
                List.of(
                        start("ask-hooks", heard, () -> new Heard.FromHooks(hooks.run(event))),
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
