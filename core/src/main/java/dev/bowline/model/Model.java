package dev.bowline.model;

import dev.bowline.message.StreamEvent;
import java.util.function.Consumer;

/// Somebody who answers. Implementations may be called by many threads at once.
@FunctionalInterface
public interface Model {
    /// Asks and waits for the whole reply. While it is being made, `events` hears of each piece, on
    /// the calling thread and in order; a slow listener slows the stream down. A model that doesn't
    /// stream may call nothing.
    ///
    /// @throws ModelException when no reply could be had; it says whether trying again can help
    /// @throws InterruptedException when the calling thread was interrupted; the connection is
    ///   given up
    ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException;
}
