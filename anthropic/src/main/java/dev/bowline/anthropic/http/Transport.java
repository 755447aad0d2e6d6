package dev.bowline.anthropic.http;

import java.io.IOException;

/// Carries calls to one endpoint. Used by many threads at once.
public interface Transport extends AutoCloseable {
    /// Sends the whole call and waits for the head of the answer. The answer must be closed.
    ///
    /// @throws TransportException when no head came, saying in which phase
    /// @throws InterruptedException when the calling thread was interrupted; the connection is gone
    Answer send(Call call) throws IOException, InterruptedException;

    /// Lets go of all idle connections; calls under way go on.
    @Override
    void close();
}
