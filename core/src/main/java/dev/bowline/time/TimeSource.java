package dev.bowline.time;

import java.time.Duration;
import java.time.Instant;

/// Where time comes from: stamps, durations and waiting. Tests hand in a virtual one.
public interface TimeSource {
    /// The wall clock. Used for stamps only, never to measure or to order.
    Instant now();

    /// A monotonic clock in nanoseconds with an arbitrary origin. Used for durations and deadlines.
    long nanos();

    /// Waits; an interrupt ends the wait at once.
    void sleep(Duration duration) throws InterruptedException;

    /// The machine's clocks.
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
