package dev.bowline.cli.headless.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Lines of UTF-8 from a stream, at most 256 MiB and an eighth of the memory each: of what is
/// longer only the ends come, which is no JSON any more. For one thread.
public final class LineReader {
    /// How much of both ends is kept of a line that is too long.
    static final int ENDS = 8 << 10;

    /// Stands where the middle of a line has been left out.
    static final String GAP = "\u0000…\u0000";

    private static final long LONGEST = 256 << 20;

    /// How many copies of a line there may be while it is read.
    private static final int COPIES = 8;

    private final InputStream in;
    private final long limit;
    private final byte[] buffer = new byte[64 << 10];
    private int next;
    private int end;

    public LineReader(InputStream in) {
        this(in, Math.min(LONGEST, Runtime.getRuntime().maxMemory() / COPIES));
    }

    /// @param limit the longest line in bytes
    LineReader(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    /// The next line without its end; empty at the end of the stream, which a broken stream is too.
    public Optional<String> next() {
        var line = new Pieces();
        boolean any = false;
        while (true) {
            if (next == end && !fill()) {
                return any ? Optional.of(line.text()) : Optional.empty();
            }
            any = true;
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.add(from, next);
            if (next < end) {
                next++;
                return Optional.of(line.text());
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

    /// A line as it comes: pieces, so that a long one is not copied again and again.
    private final class Pieces {
        private final List<byte[]> all = new ArrayList<>(1);
        private long size;
        private byte[] last = new byte[0];

        void add(int from, int to) {
            if (from < to) {
                size += to - from;
                if (size > limit) {
                    cut(Arrays.copyOfRange(buffer, from, to));
                } else {
                    all.add(Arrays.copyOfRange(buffer, from, to));
                }
            }
        }

        private void cut(byte[] piece) {
            if (last.length == 0) {
                var first = joined(all);
                all.clear();
                all.add(Arrays.copyOf(first, Math.min(first.length, ENDS)));
            }
            var both = joined(List.of(last, piece));
            last = Arrays.copyOfRange(both, Math.max(0, both.length - ENDS), both.length);
        }

        private static byte[] joined(List<byte[]> pieces) {
            if (pieces.size() == 1) {
                return pieces.getFirst();
            }
            var whole = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
            int at = 0;
            for (var piece : pieces) {
                System.arraycopy(piece, 0, whole, at, piece.length);
                at += piece.length;
            }
            return whole;
        }

        String text() {
            var beginning = joined(all);
            all.clear();
            var text = new String(beginning, StandardCharsets.UTF_8);
            return last.length == 0 ? text : text + GAP + new String(last, StandardCharsets.UTF_8);
        }
    }
}
