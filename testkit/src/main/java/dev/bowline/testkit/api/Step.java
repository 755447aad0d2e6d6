package dev.bowline.testkit.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One thing that the server does while it delivers a reply.
sealed interface Step {
    /// Sends one event or piece of the body.
    final class Send implements Step {
        final byte[] bytes;

        Send(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /// Waits for a gate; without one until the client leaves or the server is closed.
    record Hold(@Nullable Gate gate) implements Step {}

    record Wait(Duration time) implements Step {}

    record End(Cut cut) implements Step {}
}
