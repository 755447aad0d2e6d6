package dev.bowline.tools.web;

import java.time.Duration;

/// How much a fetch may take.
///
/// @param total for all hops together, look-ups included
/// @param connect for one attempt to connect
/// @param idle without a byte
/// @param bytes of one body, as sent and after decompression
/// @param hops redirects followed
record FetchLimits(Duration total, Duration connect, Duration idle, int bytes, int hops) {
    static final FetchLimits DEFAULTS =
            new FetchLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    10 * 1024 * 1024,
                    10);

    /// One line of a header, in characters.
    static final int HEADER_LINE = 16_384;

    /// Lines of all headers.
    static final int HEADERS = 200;
}
