package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;

/// A token bucket: `perMinute` prompts at once, filled up evenly; 0 is no limit.
final class RateLimit {
    private final int perMinute;
    private final TimeSource time;
    private double tokens;
    private long filled;

    RateLimit(int perMinute, TimeSource time) {
        this.perMinute = perMinute;
        this.time = time;
        this.tokens = perMinute;
        this.filled = time.nanos();
    }

    synchronized void take() {
        if (perMinute == 0) {
            return;
        }
        long now = time.nanos();
        tokens = Math.min(perMinute, tokens + (now - filled) / 60e9 * perMinute);
        filled = now;
        if (tokens < 1) {
            throw new BowlineException(
                    ErrorCode.RATE_LIMITED_LOCALLY,
                    "more than "
                            + perMinute
                            + " prompts a minute; wait "
                            + (long) Math.ceil((1 - tokens) * 60 / perMinute)
                            + " s");
        }
        tokens--;
    }
}
