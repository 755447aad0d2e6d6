package dev.bowline.model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often and after which waits a failed call is repeated. The wait before repetition n is
/// `base` doubled n-1 times, at most `cap`, shortened by a random part of up to half of it. A wait
/// that the service asks for wins, up to `retryAfterCap`.
public record Retry(int maxRetries, Duration base, Duration cap, Duration retryAfterCap) {
    /// Ten repetitions, from half a second to 32 seconds; at most two minutes when the service
    /// asks.
    public static final Retry DEFAULT =
            new Retry(10, Duration.ofMillis(500), Duration.ofSeconds(32), Duration.ofMinutes(2));

    public static final Retry NONE = DEFAULT.withMaxRetries(0);

    public Retry {
        if (maxRetries < 0) {
            throw new IllegalArgumentException(
                    "the number of retries must not be negative, but is " + maxRetries);
        }
        if (base.isNegative() || cap.compareTo(base) < 0 || retryAfterCap.isNegative()) {
            throw new IllegalArgumentException(
                    "the waits between retries must not be negative, and the cap "
                            + cap
                            + " not shorter than the base "
                            + base);
        }
    }

    public Retry withMaxRetries(int count) {
        return new Retry(count, base, cap, retryAfterCap);
    }

    /// The wait before repetition `attempt`, counted from 1, of a call that failed like this.
    public Duration delay(int attempt, ModelException failure, RandomGenerator random) {
        var asked = failure.retryAfter();
        if (asked != null) {
            return asked.compareTo(retryAfterCap) > 0 ? retryAfterCap : asked;
        }
        double doubled = (double) base.toNanos() * Math.pow(2, attempt - 1);
        double full = Math.min(doubled, (double) cap.toNanos());
        return Duration.ofNanos((long) (full * (1 - random.nextDouble() / 2)));
    }
}
