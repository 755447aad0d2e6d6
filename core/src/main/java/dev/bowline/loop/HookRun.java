package dev.bowline.loop;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The hooks of one event at work, all at the same time, each on a virtual thread with another one
/// that keeps its time. Closing it interrupts those that are left.
final class HookRun implements AutoCloseable {
    /// How long interrupted hooks may take to stop before they are left behind.
    private static final Duration GRACE = Duration.ofSeconds(1);

    /// What hook number `index` said, or why it said nothing.
    record Heard(int index, HookOutcome outcome, @Nullable String failure, long nanos) {}

    private final HookEvent event;
    private final TimeSource time;
    private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final List<Thread> working = new ArrayList<>();
    private final List<Thread> timing = new ArrayList<>();
    private final boolean[] done;

    HookRun(List<Hook> hooks, HookEvent event, TimeSource time) {
        this.event = event;
        this.time = time;
        this.done = new boolean[hooks.size()];
        for (int i = 0; i < hooks.size(); i++) {
            start(i, hooks.get(i));
        }
    }

    private void start(int index, Hook hook) {
        long began = time.nanos();
        working.add(
                Thread.ofVirtual()
                        .name("hook-", 0)
                        .start(() -> heard.add(one(index, hook, began))));
        var limit = limit(hook);
        timing.add(
                Thread.ofVirtual()
                        .name("hook-timer-", 0)
                        .start(() -> expire(index, hook, limit, began)));
    }

    private Duration limit(Hook hook) {
        return hook.timeout()
                .orElse(
                        event instanceof HookEvent.UserPromptSubmit
                                ? Hook.PROMPT_TIMEOUT
                                : Hook.TIMEOUT);
    }

    private Heard one(int index, Hook hook, long began) {
        try {
            return new Heard(index, hook.on(event), null, time.nanos() - began);
        } catch (Throwable e) {
            return failed(index, "hook " + hook.name() + " failed: " + e, began);
        }
    }

    private void expire(int index, Hook hook, Duration limit, long began) {
        try {
            time.sleep(limit);
            heard.add(
                    failed(
                            index,
                            "hook "
                                    + hook.name()
                                    + " did not answer within its time limit of "
                                    + limit.toMillis() / 1000.0
                                    + " s",
                            began));
        } catch (InterruptedException answered) {
            // the hook was in time
            return;
        }
    }

    private Heard failed(int index, String why, long began) {
        return new Heard(index, HookOutcome.none(), why, time.nanos() - began);
    }

    /// The next hook's answer, waiting for it; each hook answers once.
    Heard next() throws InterruptedException {
        while (true) {
            var next = heard.take();
            if (!done[next.index()]) {
                done[next.index()] = true;
                timing.get(next.index()).interrupt();
                working.get(next.index()).interrupt();
                return next;
            }
        }
    }

    @Override
    public void close() {
        var left = new ArrayList<Thread>();
        for (int i = 0; i < done.length; i++) {
            timing.get(i).interrupt();
            if (!done[i]) {
                working.get(i).interrupt();
                left.add(working.get(i));
            }
        }
        Threads.join(left, GRACE);
    }
}
