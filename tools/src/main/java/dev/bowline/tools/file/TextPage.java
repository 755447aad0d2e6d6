package dev.bowline.tools.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Some lines of a text file. Reads the file once, as a stream, and keeps only what is shown.
///
/// @param lines the lines shown, each at most 2,000 characters
/// @param first the number of the first one, from 1
/// @param total how many lines the file has; when `counted` is false, at least
/// @param full whether the page ended because of its size
/// @param hash of the content, or "" when the file was not read to its end
record TextPage(
        List<String> lines, long first, long total, boolean counted, boolean full, String hash) {
    static final int MAX_LINE = 2_000;

    /// Files up to this size are read to their end, to count lines and to recognise changes.
    static final long MAX_SCAN = 256L << 20;

    /// Which lines are wanted, and how many characters at most.
    record Wanted(long first, long lines, int chars) {}

    static TextPage read(Target file, long size, TextFormat format, Wanted wanted)
            throws IOException {
        var digest = FileMemory.digest();
        try (var raw = file.open();
                var in = new DigestInputStream(raw, digest)) {
            in.readNBytes(format.mark().length());
            boolean utf8 = format.charset().equals(StandardCharsets.UTF_8);
            InputStream text = utf8 ? in : LineReader.toUtf8(in, format.charset());
            var page = new Page(new LineReader(text, 4 * MAX_LINE), wanted);
            page.collect(size <= MAX_SCAN);
            return new TextPage(
                    decoded(page.lines),
                    wanted.first,
                    page.seen,
                    page.atEnd,
                    page.full,
                    page.atEnd ? HexFormat.of().formatHex(digest.digest()) : "");
        }
    }

    /// The lines as numbered text for the model.
    String numbered() {
        var text = new StringBuilder();
        long number = first;
        for (var line : lines) {
            text.append(text.isEmpty() ? "" : "\n").append(number++).append('\t').append(line);
        }
        return text.toString();
    }

    private static final class Page {
        private final LineReader reader;
        private final Wanted wanted;
        private final List<LineReader.Line> lines = new ArrayList<>();
        private long seen;
        private long chars;
        private boolean full;
        private boolean atEnd;

        Page(LineReader reader, Wanted wanted) {
            this.reader = reader;
            this.wanted = wanted;
        }

        void collect(boolean toTheEnd) throws IOException {
            while (seen < wanted.first - 1 && reader.skip()) {
                seen++;
            }
            while (lines.size() < wanted.lines && !full) {
                var line = reader.next();
                if (line == null) {
                    atEnd = true;
                    return;
                }
                seen++;
                keep(line);
            }
            while (toTheEnd && !atEnd) {
                if (reader.skip()) {
                    seen++;
                } else {
                    atEnd = true;
                }
            }
        }

        private void keep(LineReader.Line line) {
            int length = Math.min(line.bytes().length(), MAX_LINE) + 8;
            if (chars + length > wanted.chars && !lines.isEmpty()) {
                full = true;
                return;
            }
            chars += length;
            lines.add(line);
        }
    }

    private static List<String> decoded(List<LineReader.Line> lines) {
        try {
            return decoded(lines, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return lines.stream().map(line -> shown(line.bytes(), line)).toList();
        }
    }

    private static List<String> decoded(List<LineReader.Line> lines, Charset charset)
            throws CharacterCodingException {
        var texts = new ArrayList<String>();
        for (var line : lines) {
            var all = line.bytes().getBytes(StandardCharsets.ISO_8859_1);
            var bytes = line.cut() ? LineReader.withoutTornEnd(all) : all;
            texts.add(shown(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), line));
        }
        return texts;
    }

    private static String shown(String text, LineReader.Line line) {
        var plain = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (!line.cut() && plain.length() <= MAX_LINE) {
            return plain;
        }
        int end = Math.min(MAX_LINE, plain.length());
        int whole = end > 0 && Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end;
        return plain.substring(0, whole) + "... [line cut at " + MAX_LINE + " characters]";
    }
}
