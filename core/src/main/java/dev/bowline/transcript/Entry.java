package dev.bowline.transcript;

import java.time.Instant;
import java.util.UUID;

/// One durable fact of a session. Numbers start at 1 and have no gaps; `id` names the entry in
/// other programs' formats, and block `i` of a reply is named by [#blockId].
public record Entry(long number, UUID id, Instant at, Event event) implements Update {

    /// The name of one content block of this entry's message.
    public UUID blockId(int index) {
        return blockId(id, index);
    }

    /// The same, for an entry whose id is known before it is recorded.
    public static UUID blockId(UUID entry, int index) {
        return new UUID(entry.getMostSignificantBits(), entry.getLeastSignificantBits() + index);
    }
}
