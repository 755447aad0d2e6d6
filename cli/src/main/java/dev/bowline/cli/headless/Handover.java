package dev.bowline.cli.headless;

import dev.bowline.Turn;
import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Who an interrupt is for while a prompt is on its way into the session: the prompt, also when the
/// interrupt came just before it.
final class Handover {
    /// How long an interrupt waits for a prompt to get into the session's queue, and how often it
    /// looks.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final long LOOK_MS = 10;

    private final Chat chat;
    private final Thread thread;
    private final IntSupplier waiting;
    private final TimeSource time;
    private boolean handing;
    private boolean interrupted;
    private boolean interruptsNext;

    /// @param thread the one that hands prompts over
    /// @param waiting how many prompts have not been handed over
    Handover(Chat chat, Thread thread, IntSupplier waiting, TimeSource time) {
        this.chat = chat;
        this.thread = thread;
        this.waiting = waiting;
        this.time = time;
    }

    /// While a turn runs, waits a little for a prompt that is on its way into the session's queue:
    /// it is one that waits, and no longer the one that an interrupt is for.
    synchronized void await() {
        long deadline = time.nanos() + LONGEST.toNanos();
        try {
            while (isBetween() && time.nanos() < deadline) {
                wait(LOOK_MS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBetween() {
        return handing
                && chat.opened().map(open -> open.session().state().turn().open()).orElse(false);
    }

    /// Stops what is being done now, whatever it is.
    void interrupt() {
        synchronized (this) {
            if (handing) {
                interrupted = true;
                thread.interrupt();
                return;
            }
        }
        boolean stopped = chat.opened().map(open -> open.session().interrupt()).orElse(false);
        synchronized (this) {
            interruptsNext = !stopped && waiting.getAsInt() > 0;
        }
    }

    /// From here on an interrupt is for the prompt that the current thread takes up; so is one that
    /// came just before.
    synchronized void begin() {
        handing = true;
        interrupted = interruptsNext;
        interruptsNext = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the prompt that was taken up last was interrupted on its way.
    synchronized boolean wasInterrupted() {
        return interrupted;
    }

    /// @param turn what the prompt became, if anything
    synchronized void end(@Nullable Turn turn) {
        handing = false;
        notifyAll();
        if (interrupted && turn != null) {
            turn.interrupt();
        }
        Thread.interrupted();
    }
}
