package dev.bowline.cli.prompt;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What is going on in this process, for those who want to stop it: signals and a broken pipe.
public final class Running {
    /// Exit codes of a process that was stopped, as shells count them.
    public static final int INTERRUPTED = 130;

    public static final int TERMINATED = 143;

    /// Nobody reads the output any more (128 + SIGPIPE).
    public static final int UNREAD = 141;

    private final AtomicInteger stopped = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();
    private volatile @Nullable Runnable interruptTurn;
    private volatile @Nullable Runnable closeAll;

    /// From now on this ends the running turn; null when none runs.
    public void turn(@Nullable Runnable interrupt) {
        interruptTurn = interrupt;
        if (interrupt != null && stopped.get() != 0) {
            interrupt.run();
        }
    }

    /// From now on this ends everything and returns when children have ended and the transcript is
    /// kept.
    public void everything(@Nullable Runnable close) {
        closeAll = close;
    }

    /// Interrupts the turn; false when there is none.
    public boolean interrupt(int exitCode) {
        var turn = interruptTurn;
        if (turn == null) {
            return false;
        }
        stopped.compareAndSet(0, exitCode);
        interrupts.incrementAndGet();
        turn.run();
        return true;
    }

    /// Whether the running turn was interrupted before and did not stop at that.
    public boolean interruptedTwice() {
        return interrupts.get() > 1;
    }

    /// Ends everything, waiting for it.
    public void terminate() {
        stopped.set(TERMINATED);
        var close = closeAll;
        if (close != null) {
            close.run();
        }
    }

    /// The exit code that stopping asks for, or 0.
    public int exitCode() {
        return stopped.get();
    }

    /// In a dialogue an interrupt ends one turn, not the program.
    void forget() {
        stopped.set(0);
        interrupts.set(0);
    }

    /// Whether the process is being terminated.
    public boolean terminating() {
        return stopped.get() == TERMINATED;
    }
}
