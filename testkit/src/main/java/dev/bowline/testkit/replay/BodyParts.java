package dev.bowline.testkit.replay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Gathers a body as it comes and cuts an event stream after each blank line; any other body is one
/// part.
final class BodyParts {
    private final long begin;
    private final boolean events;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final List<Exchange.Part> parts = new ArrayList<>();
    private int lineLength;

    BodyParts(long begin, String contentType) {
        this.begin = begin;
        this.events = contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    void add(byte[] bytes, int count) {
        for (var i = 0; i < count; i++) {
            rest.write(bytes[i]);
            if (bytes[i] == '\n') {
                if (lineLength == 0 && events) {
                    cut();
                }
                lineLength = 0;
            } else if (bytes[i] != '\r') {
                lineLength++;
            }
        }
    }

    List<Exchange.Part> finish() {
        cut();
        return parts;
    }

    private void cut() {
        if (rest.size() > 0) {
            var after = Duration.ofNanos(System.nanoTime() - begin);
            parts.add(new Exchange.Part(after, rest.toString(StandardCharsets.UTF_8)));
            rest.reset();
        }
    }
}
