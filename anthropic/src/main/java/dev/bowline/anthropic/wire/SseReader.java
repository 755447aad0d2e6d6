package dev.bowline.anthropic.wire;

import dev.bowline.anthropic.http.Answer;
import java.io.IOException;
import java.util.Arrays;

/// Cuts server-sent events out of a body: lines end with CRLF, LF or CR, comments and fields other
/// than `data` are skipped, several data lines are joined with a line feed. An event that is cut
/// off by the end of the body is dropped, as the standard says. The data of one event may have at
/// most `bound` bytes.
public final class SseReader {
    private static final int START = 16 << 10;

    private final Answer body;
    private final int bound;
    private byte[] buffer = new byte[START];

    /// The line that is being read begins here.
    private int line;

    /// Nothing up to here ends that line.
    private int scan;

    private int limit;
    private boolean first = true;
    private boolean afterCr;
    private int dataFrom;
    private int dataTo;
    private boolean hasData;

    public SseReader(Answer body, int bound) {
        this.body = body;
        this.bound = bound;
    }

    /// Where the data of the event is, valid until the next call of [#next()].
    public byte[] bytes() {
        return buffer;
    }

    public int from() {
        return dataFrom;
    }

    public int to() {
        return dataTo;
    }

    /// Moves to the next event with data; false at the end of the body.
    public boolean next() throws IOException, InterruptedException {
        hasData = false;
        while (true) {
            int end = lineEnd();
            if (end < 0) {
                if (!fill()) {
                    return false;
                }
                continue;
            }
            int start = line;
            line = end + 1;
            scan = line;
            afterCr = buffer[end] == '\r';
            if (end == start) {
                if (hasData) {
                    return true;
                }
            } else {
                take(start, end);
            }
        }
    }

    /// The index of the byte that ends the current line, -1 if it hasn't come yet.
    private int lineEnd() {
        var bytes = buffer;
        int i = scan;
        if (afterCr && i < limit) {
            afterCr = false;
            if (bytes[i] == '\n') {
                i++;
                line = i;
            }
        }
        for (; i < limit; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                return i;
            }
        }
        scan = i;
        return -1;
    }

    private void take(int from, int end) {
        int at = from;
        if (first) {
            first = false;
            if (end - at >= 3
                    && buffer[at] == (byte) 0xEF
                    && buffer[at + 1] == (byte) 0xBB
                    && buffer[at + 2] == (byte) 0xBF) {
                at += 3;
            }
        }
        if (!isData(at, end)) {
            return;
        }
        at = Math.min(end, at + 5);
        if (at < end && buffer[at] == ' ') {
            at++;
        }
        if (hasData) {
            join(at, end);
        } else {
            hasData = true;
            dataFrom = at;
            dataTo = end;
        }
    }

    private boolean isData(int at, int end) {
        return end - at >= 4
                && buffer[at] == 'd'
                && buffer[at + 1] == 'a'
                && buffer[at + 2] == 't'
                && buffer[at + 3] == 'a'
                && (end - at == 4 || buffer[at + 4] == ':');
    }

    /// Moves a further data line up to the ones before it; there is room, since it came later.
    private void join(int from, int end) {
        buffer[dataTo++] = '\n';
        System.arraycopy(buffer, from, buffer, dataTo, end - from);
        dataTo += end - from;
    }

    private boolean fill() throws IOException, InterruptedException {
        int keep = hasData ? Math.min(dataFrom, line) : line;
        if (keep > 0) {
            System.arraycopy(buffer, keep, buffer, 0, limit - keep);
            line -= keep;
            scan -= keep;
            limit -= keep;
            dataFrom -= keep;
            dataTo -= keep;
        }
        if (limit == buffer.length) {
            if (limit >= bound) {
                throw new BadAnswer("has an event of more than " + bound + " bytes");
            }
            buffer = Arrays.copyOf(buffer, Math.min(bound, limit * 2));
        }
        int n = body.read(buffer, limit, buffer.length - limit);
        if (n < 0) {
            return false;
        }
        limit += n;
        return true;
    }
}
