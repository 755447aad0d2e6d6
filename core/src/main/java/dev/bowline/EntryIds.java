package dev.bowline;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/// Random version 4 UUIDs for entries. Their seed is unguessable, they themselves need not be:
/// unlike session ids they open no door.
final class EntryIds implements Supplier<UUID> {
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());

    @Override
    public synchronized UUID get() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        // the low byte stays free for the blocks of a message
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_0000L | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
