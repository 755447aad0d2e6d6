package dev.bowline.testkit.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An answer given byte for byte, as a recording does.
///
/// @param parts the body in the pieces in which it is sent
/// @param broken true when the connection ends without the body's end
public record RawReply(int status, Map<String, String> headers, List<Part> parts, boolean broken)
        implements FakeReply {
    /// Copies its collections.
    public RawReply {
        headers = Map.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /// A piece of the body.
    ///
    /// @param pause time that passes before it is sent
    /// @param text sent as UTF-8
    public record Part(Duration pause, String text) {}
}
