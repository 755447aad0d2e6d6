package dev.bowline.cli.frame;

import dev.bowline.cli.console.Lines;
import dev.bowline.json.JsonOut;
import dev.bowline.transcript.JsonlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// `transcript_mirror` frames: every line of a transcript for a host that keeps a copy, as the very
/// object that is in the file. A frame stays below 1 MB; a single line that is longer goes out
/// alone and in full, because a copy of it that was cut could not be resumed.
public final class MirrorFrames implements JsonlStore.Mirror {
    private final Lines out;

    public MirrorFrames(Lines out) {
        this.out = out;
    }

    @Override
    public void appended(Path file, List<String> lines) {
        var start = start(file);
        var frame = new StringBuilder(start);
        int bytes = 0;
        for (var line : lines) {
            int more = length(line) + 1;
            if (bytes > 0 && start.length() + bytes + more > FrameWriter.LIMIT) {
                end(frame);
                frame = new StringBuilder(start);
                bytes = 0;
            }
            frame.append(bytes == 0 ? "" : ",").append(line);
            bytes += more;
        }
        if (bytes > 0) {
            end(frame);
        }
    }

    private void end(StringBuilder frame) {
        out.line(frame.append("]}").toString());
    }

    private static int length(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String start(Path file) {
        try (var frame = JsonOut.toText()) {
            var text =
                    frame.beginObject()
                            .field("type", "transcript_mirror")
                            .field("filePath", file.toString())
                            .endObject()
                            .text();
            return text.substring(0, text.length() - 1) + ",\"entries\":[";
        }
    }
}
