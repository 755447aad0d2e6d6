package dev.bowline.testkit.api;

import java.util.concurrent.atomic.AtomicLong;

/// Ids of one fake API: counted from 1, always of the same length.
final class Ids {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong tools = new AtomicLong();

    String message() {
        return numbered("msg_fake", messages.incrementAndGet());
    }

    String tool() {
        return numbered("toolu_fake", tools.incrementAndGet());
    }

    static String request(long number) {
        return numbered("req_fake", number);
    }

    private static String numbered(String prefix, long number) {
        var digits = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, 14 - digits.length())) + digits;
    }
}
