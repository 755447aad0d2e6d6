package dev.bowline.testkit;

import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that stands still until a test moves it. Sleepers wake when their time has come, in no
/// particular order. Both clocks move together; safe for any thread.
public final class VirtualTime implements TimeSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Instant now;
    private long nanos;
    private int sleepers;

    /// Starts at noon UTC of 1 January 2026.
    public VirtualTime() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    public VirtualTime(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long until = nanos + duration.toNanos();
            sleepers++;
            changed.signalAll();
            try {
                while (nanos < until) {
                    changed.await();
                }
            } finally {
                sleepers--;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Moves both clocks on and wakes whose time has come.
    public void advance(Duration duration) {
        lock.lock();
        try {
            now = now.plus(duration);
            nanos += duration.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits in real time until `count` threads sleep, at most 10 seconds.
    ///
    /// @throws AssertionError if they don't
    public void awaitSleepers(int count) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(10);
        lock.lockInterruptibly();
        try {
            while (sleepers < count) {
                if (left <= 0) {
                    throw new AssertionError(sleepers + " threads sleep, not " + count);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
