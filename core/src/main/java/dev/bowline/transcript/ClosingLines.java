package dev.bowline.transcript;

import dev.bowline.json.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What is written again when a session is closed: title, tag and last prompt, so that they stand
/// near the end of its file.
final class ClosingLines {
    /// Other programs look for title and tag in the last 64 KiB.
    static final long TAIL = 60 << 10;

    private ClosingLines() {}

    /// Those of them that don't stand near the end of `file` yet.
    static void write(ByteArrayOutputStream out, Path file, SessionId id, SummaryDraft summary)
            throws IOException {
        var tail = tail(file);
        try (var json = JsonOut.to(out)) {
            if (!summary.title.isEmpty() && !tail.contains("\n{\"type\":\"custom-title\"")) {
                LineWriter.repeat(json, id, "custom-title", "customTitle", summary.title);
            }
            if (!summary.tag.isEmpty() && !tail.contains("\n{\"type\":\"tag\"")) {
                LineWriter.repeat(json, id, "tag", "tag", summary.tag);
            }
            if (!summary.lastPrompt.isEmpty() && !tail.contains("\n{\"type\":\"last-prompt\"")) {
                LineWriter.repeat(json, id, "last-prompt", "lastPrompt", summary.lastPrompt);
            }
        }
    }

    private static String tail(Path file) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            raw.seek(Math.max(0, raw.length() - TAIL));
            var bytes = new byte[(int) Math.min(TAIL, raw.length())];
            raw.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
