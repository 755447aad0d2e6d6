package dev.bowline.loop;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.message.ContentBlock;
import dev.bowline.transcript.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hooks that go on after their event, each on a virtual thread of its own. What they say in the
/// end waits here until the model is asked again. Safe for any thread.
final class LateHooks implements AutoCloseable {
    /// How many may go on at a time.
    static final int AT_ONCE = 20;

    /// How many notes wait; later ones are dropped.
    private static final int WAITING = 100;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Event> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final HookWords words;
    private volatile boolean closed;

    LateHooks(HookWords words) {
        this.words = words;
    }

    /// @return whether it goes on; otherwise there are too many
    boolean start(Hook hook, HookEvent event, HookOutcome.Later later) {
        if (closed) {
            return false;
        }
        if (count.incrementAndGet() > AT_ONCE) {
            count.decrementAndGet();
            return false;
        }
        var thread = Thread.ofVirtual().name("hook-late").unstarted(() -> run(hook, event, later));
        working.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
        return true;
    }

    /// Has what is at work already ended, and hears nothing of it.
    static void end(HookOutcome.Later later) {
        Thread.ofVirtual()
                .name("hook-end")
                .start(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        later.await();
                    } catch (Exception | StackOverflowError ended) {
                        // as it should be
                        return;
                    }
                });
    }

    private void run(Hook hook, HookEvent event, HookOutcome.Later later) {
        try {
            deliver(hook, event, later.await());
        } catch (InterruptedException closing) {
            // nobody will ask the model again
            return;
        } catch (Exception | StackOverflowError e) {
            ready.add(ran(hook, event, "hook " + hook.name() + " failed: " + e, null, true));
        } finally {
            count.decrementAndGet();
            working.remove(Thread.currentThread());
        }
    }

    private void deliver(Hook hook, HookEvent event, HookOutcome said) {
        if (ready.size() >= WAITING) {
            return;
        }
        if (said.message() != null) {
            ready.add(ran(hook, event, null, words.bounded(said.message()), false));
        }
        if (said.context() != null) {
            var note = HookWords.context(event, words.bounded(said.context()));
            ready.add(new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text(note))));
        }
    }

    private static Event ran(
            Hook hook,
            HookEvent event,
            @Nullable String reason,
            @Nullable String message,
            boolean failed) {
        return new Event.HookRan(
                event.name(),
                hook.name(),
                Ruling.NONE.name(),
                reason,
                Duration.ZERO,
                event.subject(),
                message,
                null,
                failed);
    }

    /// What has come since this was asked last.
    List<Event> take() {
        var taken = new ArrayList<Event>();
        for (var next = ready.poll(); next != null; next = ready.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        var left = List.copyOf(working);
        left.forEach(Thread::interrupt);
        Threads.join(left, GRACE);
    }
}
