package dev.bowline.tools.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/// Output files as text: bounded reads, UTF-8 with the replacement character for what isn't; for
/// the model without colours and with other control characters shown as their symbols.
final class OutputText {
    /// No character takes more bytes in UTF-8.
    private static final int BYTES_PER_CHAR = 4;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

    private OutputText() {}

    /// The first `chars` characters.
    static String head(Path file, int chars) throws IOException {
        var text = text(bytes(file, 0, (long) chars * BYTES_PER_CHAR));
        return text.length() <= chars ? text : text.substring(0, whole(text, chars));
    }

    /// The last `chars` characters.
    static String tail(Path file, int chars) throws IOException {
        long size = RunningCommand.size(file);
        long from = Math.max(0, size - (long) chars * BYTES_PER_CHAR);
        var text = text(bytes(file, from, size - from));
        int cut = Math.max(0, text.length() - chars);
        return text.substring(
                cut > 0 && Character.isLowSurrogate(text.charAt(cut)) ? cut + 1 : cut);
    }

    /// Without the line ends at its end.
    static String chomp(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static int whole(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static byte[] bytes(Path file, long from, long length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long there = Math.max(0, channel.size() - from);
            var buffer = ByteBuffer.allocate((int) Math.min(length, there));
            int got;
            do {
                got = channel.read(buffer, from + buffer.position());
            } while (got > 0 && buffer.hasRemaining());
            var bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Text without colours, and with visible control and direction-changing characters; tabs and
    /// line ends stay.
    static String clean(String text) {
        int first = firstStrange(text);
        if (first == text.length()) {
            return text;
        }
        var plain = COLOUR.matcher(text).replaceAll("").replace("\r\n", "\n");
        var out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (!isStrange(c)) {
                out.append(c);
            } else if (c < ' ') {
                out.append((char) ('\u2400' + c));
            } else {
                out.append(c == 0x7f ? "\u2421" : String.format("<U+%04X>", (int) c));
            }
        }
        return out.toString();
    }

    private static int firstStrange(String text) {
        int i = 0;
        while (i < text.length() && !isStrange(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isStrange(char c) {
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
