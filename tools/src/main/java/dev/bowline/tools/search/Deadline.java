package dev.bowline.tools.search;

import dev.bowline.time.TimeSource;
import java.time.Duration;

/// When a search has to end, and whether it had to. May be asked from any thread.
final class Deadline {
    private final TimeSource time;
    private final long started;
    private final long nanos;
    private volatile boolean hit;

    Deadline(TimeSource time, Duration allowed) {
        this.time = time;
        this.started = time.nanos();
        this.nanos = allowed.toNanos();
    }

    /// Whether the time is over.
    boolean passed() {
        if (!hit && time.nanos() - started >= nanos) {
            hit = true;
        }
        return hit;
    }

    /// The search ends now, whatever the clock says.
    void end() {
        hit = true;
    }

    /// Whether [#passed()] ever was true: the search is not complete.
    boolean hit() {
        return hit;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (time.nanos() - started)));
    }

    Duration allowed() {
        return Duration.ofNanos(nanos);
    }

    long elapsedMillis() {
        return (time.nanos() - started) / 1_000_000;
    }
}
