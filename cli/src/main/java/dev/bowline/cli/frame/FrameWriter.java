package dev.bowline.cli.frame;

import dev.bowline.cli.console.Lines;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Puts frames on a stream, one a line, each below 1 MiB: readers of the protocol give up on longer
/// lines. Too long texts are shortened with a note; the transcript has them in full.
public final class FrameWriter implements Consumer<String> {
    /// Readers allow 1,048,576 bytes; the rest is for the line feed and their own bookkeeping.
    static final int LIMIT = 1_000_000;

    private final Lines out;

    public FrameWriter(Lines out) {
        this.out = out;
    }

    @Override
    public void accept(String frame) {
        out.write(line(frame));
    }

    /// Writes a frame in full, however long: one that a program acts upon must not be cut.
    public void whole(String frame) {
        out.write(frame + "\n");
    }

    /// The frame, short enough, with its line feed.
    static byte[] line(String frame) {
        var bytes = (frame + "\n").getBytes(StandardCharsets.UTF_8);
        int longest = LIMIT / 4;
        while (bytes.length > LIMIT && longest > 16) {
            bytes = (Shortened.to(frame, longest) + "\n").getBytes(StandardCharsets.UTF_8);
            longest /= 2;
        }
        return bytes;
    }
}
