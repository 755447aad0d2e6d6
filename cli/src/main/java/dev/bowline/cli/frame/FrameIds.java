package dev.bowline.cli.frame;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/// Names frames that are no entry of the transcript: random version 4 UUIDs.
final class FrameIds implements Supplier<UUID> {
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());

    @Override
    public synchronized UUID get() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
