package dev.bowline.loop;

import java.time.Duration;
import java.util.List;

/// Waiting for threads that were told to stop.
final class Threads {
    private Threads() {}

    /// Waits until they have ended, at most so long in all. An interrupt meanwhile is kept.
    static void join(List<Thread> threads, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        for (var thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
