package dev.bowline.cli.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/// Lines that a person types, read by a thread of its own so that waiting for one can be
/// interrupted. The thread starts with the first question.
final class Answers {
    private final InputStream in;
    private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean started;

    Answers(InputStream in) {
        this.in = in;
    }

    /// The next line, or nothing when there are no more.
    synchronized Optional<String> next() throws InterruptedException {
        if (!started) {
            started = true;
            var reader = new Thread(this::read, "answers");
            reader.setDaemon(true);
            reader.start();
        }
        var line = lines.take();
        if (line.isEmpty()) {
            lines.add(line);
        }
        return line;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            lines.add(Optional.empty());
            return;
        }
        lines.add(Optional.empty());
    }
}
