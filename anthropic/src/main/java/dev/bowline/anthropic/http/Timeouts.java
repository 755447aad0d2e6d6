package dev.bowline.anthropic.http;

import java.time.Duration;

/// How long to wait for a connection (name, TCP, proxy and TLS each), for the first byte of an
/// answer, and between two reads of a body.
public record Timeouts(Duration connect, Duration firstByte, Duration idle) {
    public Timeouts {
        positive(connect, "connect");
        positive(firstByte, "first-byte");
        positive(idle, "idle");
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "the " + name + " time-out must be at least one millisecond, not " + value);
        }
    }

    static int millis(Duration value) {
        return (int) Math.min(Integer.MAX_VALUE, value.toMillis());
    }
}
