package dev.bowline.loop;

import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Event;
import java.time.Duration;

/// Where a turn's time goes.
final class Meter {
    static final Event.Figures NOTHING =
            new Event.Figures(
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    0);

    private final TimeSource time;
    private final long validation;
    private final long began;
    private long api;
    private long tools;
    private int apiCalls;
    private int toolCalls;

    Meter(TimeSource time, long validation) {
        this.time = time;
        this.validation = validation;
        this.began = time.nanos() - validation;
    }

    void api(long nanos) {
        api += nanos;
        apiCalls++;
    }

    void tools(long nanos, int calls) {
        tools += nanos;
        toolCalls += calls;
    }

    Duration total() {
        return Duration.ofNanos(time.nanos() - began);
    }

    Event.Figures figures() {
        long total = time.nanos() - began;
        return new Event.Figures(
                Duration.ofNanos(total),
                Duration.ofNanos(validation),
                Duration.ofNanos(api),
                Duration.ofNanos(tools),
                Duration.ofNanos(Math.max(0, total - validation - api - tools)),
                apiCalls,
                toolCalls);
    }
}
