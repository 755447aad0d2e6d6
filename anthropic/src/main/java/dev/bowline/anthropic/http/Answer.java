package dev.bowline.anthropic.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The answer to a [Call]: its head, and a body that is read piece by piece by one thread.
public interface Answer extends AutoCloseable {
    int status();

    /// The first header with this name in any case, or null.
    @Nullable String header(String name);

    /// Reads some bytes, at least one; -1 at the end of the body.
    ///
    /// @throws TransportException when the body breaks off or the peer is silent for too long
    /// @throws InterruptedException when the calling thread was interrupted; the connection is gone
    int read(byte[] into, int from, int length) throws IOException, InterruptedException;

    /// Says that nothing more of the body is wanted although its end was not read, and that the end
    /// is near: the connection may be kept.
    void done();

    /// Keeps the connection if the body was read to its end or is [#done()], else closes it.
    @Override
    void close();
}
