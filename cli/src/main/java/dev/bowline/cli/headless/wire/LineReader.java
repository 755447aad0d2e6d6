package dev.bowline.cli.headless.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of UTF-8 from a stream, at most 256 MiB each: what is longer is skipped and comes as an
/// empty line. For one thread.
public final class LineReader {
    /// The longest string that JSON of ours can hold.
    private static final int LIMIT = 256 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int next;
    private int end;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /// The next line without its end; empty at the end of the stream, which a broken stream is too.
    public Optional<String> next() {
        var line = new ByteArrayOutputStream(256);
        boolean any = false;
        while (true) {
            if (next == end && !fill()) {
                return any ? Optional.of(text(line)) : Optional.empty();
            }
            any = true;
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            if (line.size() <= LIMIT) {
                line.write(buffer, from, next - from);
            }
            if (next < end) {
                next++;
                return Optional.of(text(line));
            }
        }
    }

    private boolean fill() {
        try {
            end = Math.max(0, in.read(buffer));
        } catch (IOException broken) {
            end = 0;
        }
        next = 0;
        return end > 0;
    }

    private static String text(ByteArrayOutputStream line) {
        return line.size() > LIMIT ? "" : line.toString(StandardCharsets.UTF_8);
    }
}
