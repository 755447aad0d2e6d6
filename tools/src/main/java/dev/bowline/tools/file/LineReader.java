package dev.bowline.tools.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of a stream as bytes, each cut at a length, however long the line or the file is.
final class LineReader {
    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private boolean afterLineEnd = true;

    LineReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /// One line without its end, a character per byte; `cut` when it was longer than allowed.
    record Line(String bytes, boolean cut) {}

    /// The next line, or null at the end. After a final line end there is one more, empty line.
    @Nullable Line next() throws IOException {
        if (!fill() && !afterLineEnd) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        afterLineEnd = false;
        boolean cut = false;
        while (fill()) {
            int stop = lineEnd();
            int room = Math.min(stop - at, most - line.size());
            line.write(buffer, at, room);
            cut |= room < stop - at;
            boolean found = stop < end;
            at = found ? stop + 1 : end;
            if (found) {
                afterLineEnd = true;
                break;
            }
        }
        return new Line(line.toString(StandardCharsets.ISO_8859_1), cut);
    }

    /// Steps over a line without keeping it; false at the end.
    boolean skip() throws IOException {
        if (!fill() && !afterLineEnd) {
            return false;
        }
        afterLineEnd = false;
        while (fill()) {
            int stop = lineEnd();
            boolean found = stop < end;
            at = found ? stop + 1 : end;
            if (found) {
                afterLineEnd = true;
                break;
            }
        }
        return true;
    }

    private int lineEnd() {
        int stop = at;
        while (stop < end && buffer[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private boolean fill() throws IOException {
        if (at < end) {
            return true;
        }
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /// The same text as a stream of UTF-8.
    static InputStream toUtf8(InputStream in, Charset charset) {
        return new Transcoding(new InputStreamReader(in, charset));
    }

    private static final class Transcoding extends InputStream {
        private final Reader reader;
        private final char[] chars = new char[8192];
        private byte[] ready = new byte[0];
        private int at;
        private int carried;

        Transcoding(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            while (at == ready.length) {
                int got = reader.read(chars, carried, chars.length - carried);
                int count = carried + Math.max(0, got);
                if (count == 0) {
                    return -1;
                }
                boolean split = got > 0 && Character.isHighSurrogate(chars[count - 1]);
                int whole = split ? count - 1 : count;
                ready = new String(chars, 0, whole).getBytes(StandardCharsets.UTF_8);
                chars[0] = chars[count - 1];
                carried = split ? 1 : 0;
                at = 0;
            }
            int n = Math.min(length, ready.length - at);
            System.arraycopy(ready, at, into, from, n);
            at += n;
            return n;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// Drops a character that a cut left incomplete at the end.
    static byte[] withoutTornEnd(byte[] utf8) {
        int from = utf8.length;
        while (from > 0 && utf8.length - from < 3 && (utf8[from - 1] & 0xC0) == 0x80) {
            from--;
        }
        if (from == 0 || (utf8[from - 1] & 0x80) == 0) {
            return utf8;
        }
        int lead = utf8[from - 1] & 0xff;
        int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        return utf8.length - from + 1 < wanted ? Arrays.copyOf(utf8, from - 1) : utf8;
    }
}
