package dev.bowline.loop;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.OnTimeout;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One question of permission, put to hooks and to the approver at the same time, and open to
/// answers from elsewhere: the first answer counts, and the others are interrupted. Where nobody
/// can be asked now, hooks are heard first.
final class Question {
    /// How long the side that lost may take to stop before it is left behind.
    private static final Duration GRACE = Duration.ofSeconds(1);

    /// How long a person may think before hooks are notified.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// How often answers of other processes are looked for.
    private static final Duration LOOK = Duration.ofMillis(250);

    /// Who denies when nobody has answered in time.
    static final String TIMEOUT = "timeout";

    /// The answer, who gave it, and what hooks leave on record. No decision is made here when it is
    /// left for later, or others have answered.
    record Answer(@Nullable Decision decision, String by, List<Event> events) {}

    private sealed interface Heard {
        record FromHooks(Hooks.Said said) implements Heard {}

        record FromPerson(Decision decision) implements Heard {}

        record Elsewhere() implements Heard {}

        record TimedOut() implements Heard {}

        record Failed(Throwable why) implements Heard {}
    }

    private interface Asked {
        Heard answer() throws InterruptedException;
    }

    private final Hooks hooks;
    private final Approver approver;
    private final Approvals approvals;
    private final Limits limits;
    private final TimeSource time;

    Question(Hooks hooks, Approver approver, Approvals approvals, Limits limits, TimeSource time) {
        this.hooks = hooks;
        this.approver = approver;
        this.approvals = approvals;
        this.limits = limits;
        this.time = time;
    }

    /// The question is on record.
    ///
    /// @param touched whether a permission rule is about the call
    /// @param mayWait whether it may be left for later
    Answer ask(PermissionRequest request, Predicate<String> touched, boolean mayWait)
            throws InterruptedException {
        if (approver.equals(Approver.later())) {
            hooks.tellLater(notification(request));
            return hooksFirst(request, touched, mayWait);
        }
        if (approver.equals(Approver.NOBODY)) {
            return hooksFirst(request, touched, false);
        }
        var waiting = notify(request);
        try {
            return race(request, touched, mayWait);
        } finally {
            waiting.interrupt();
        }
    }

    private static HookEvent.Notification notification(PermissionRequest request) {
        return new HookEvent.Notification(
                request.sessionId(),
                "Permission is needed to use " + request.tool(),
                null,
                "permission_prompt");
    }

    /// Lets hooks know when a person takes long.
    private Thread notify(PermissionRequest request) {
        var event = notification(request);
        return Thread.ofVirtual()
                .name("ask-notification")
                .start(() -> {
                    try {
                        if (hooks.wanted(event)) {
                            time.sleep(PATIENCE);
                            hooks.tellLater(event);
                        }
                    } catch (InterruptedException answered) {
                        // nobody has to be told
                        return;
                    }
                });
    }

    private static HookEvent.PermissionRequested event(PermissionRequest request) {
        return new HookEvent.PermissionRequested(
                request.sessionId(),
                request.toolUseId(),
                request.tool(),
                request.input(),
                request.reason(),
                request.suggestions());
    }

    private Answer hooksFirst(PermissionRequest request, Predicate<String> touched, boolean mayWait)
            throws InterruptedException {
        var said = hooks.run(event(request), touched);
        if (decides(said)) {
            return hook(said);
        }
        return mayWait
                ? new Answer(null, "", said.events())
                : new Answer(Approver.NOBODY.ask(request), "policy", said.events());
    }

    private Answer race(PermissionRequest request, Predicate<String> touched, boolean mayWait)
            throws InterruptedException {
        var heard = new LinkedBlockingQueue<Heard>();
        var id = request.toolUseId();
        approvals.await(id, () -> heard.add(new Heard.Elsewhere()));
        var threads = askAll(request, touched, heard);
        var events = List.<Event>of();
        try {
            while (true) {
                switch (heard.take()) {
                    case Heard.FromHooks(var said) when decides(said) -> {
                        return hook(said);
                    }
                    case Heard.FromHooks(var said) -> events = said.events();
                    case Heard.FromPerson(var decision) -> {
                        return new Answer(decision, "user", events);
                    }
                    case Heard.Elsewhere() -> {
                        return new Answer(null, "", events);
                    }
                    case Heard.TimedOut() -> {
                        return tooLate(request, events, mayWait);
                    }
                    case Heard.Failed(var why) -> throw unchecked(why);
                }
            }
        } finally {
            approvals.forget(id);
            threads.forEach(Thread::interrupt);
            Threads.join(threads, GRACE);
        }
    }

    /// Everybody who may have an answer, each on a thread.
    private List<Thread> askAll(
            PermissionRequest request,
            Predicate<String> touched,
            LinkedBlockingQueue<Heard> heard) {
        var threads = new ArrayList<Thread>();
        var event = event(request);
        if (hooks.wanted(event, touched)) {
            threads.add(
                    start(
                            "ask-hooks",
                            heard,
                            () -> new Heard.FromHooks(hooks.run(event, touched))));
        }
        threads.add(start("ask-person", heard, () -> new Heard.FromPerson(approver.ask(request))));
        if (approvals.hasBox()) {
            threads.add(start("ask-elsewhere", heard, () -> look(request)));
        }
        var limit = limits.approvalTimeout();
        if (limit != null) {
            threads.add(
                    start(
                            "ask-timer",
                            heard,
                            () -> {
                                time.sleep(limit);
                                return new Heard.TimedOut();
                            }));
        }
        return threads;
    }

    /// Waits until another process has left an answer.
    private Heard look(PermissionRequest request) throws InterruptedException {
        var question = approvals.question(request.toolUseId());
        while (!approvals.take(question)) {
            time.sleep(LOOK);
        }
        return new Heard.Elsewhere();
    }

    private Answer tooLate(PermissionRequest request, List<Event> events, boolean mayWait) {
        if (limits.onTimeout() == OnTimeout.DEFER && mayWait) {
            return new Answer(null, "", events);
        }
        return new Answer(
                new Decision.Deny(
                        "nobody answered in time",
                        "Nobody answered the question whether "
                                + request.tool()
                                + " may be used, so the call was not made. Do without it, or say why it is needed."),
                TIMEOUT,
                events);
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
}
