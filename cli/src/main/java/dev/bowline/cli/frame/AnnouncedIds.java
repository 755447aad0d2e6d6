package dev.bowline.cli.frame;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/// Names entries, and can tell the name of a reply before it is complete: frames of finished blocks
/// go out while the message is still being made and must carry the name that its entry will have.
/// The entry that follows a stream is the reply, made by the same thread.
public final class AnnouncedIds implements Supplier<UUID> {
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private UUID next = other();

    @Override
    public synchronized UUID get() {
        var id = next;
        next = other();
        return id;
    }

    /// What the next call of [#get()] will return.
    synchronized UUID peek() {
        return next;
    }

    /// The next entry gets another name than announced: what was announced is void.
    synchronized void discard() {
        next = other();
    }

    /// A random version 4 UUID for something that is no entry. The low bytes are zero, because the
    /// blocks of a message count up from there.
    synchronized UUID other() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_0000L | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
