package dev.bowline.anthropic.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a JSON string out of bytes, fast when it has no escapes.
final class JsonText {
    private final byte[] bytes;
    private final int to;

    /// After [#read(int)]: the index behind the closing quote.
    private int end;

    JsonText(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    int end() {
        return end;
    }

    /// The string whose first character is at `from`; null if it isn't well-formed.
    @Nullable String read(int from) {
        var all = bytes;
        for (int i = from; i < to; i++) {
            byte b = all[i];
            if (b == '"') {
                end = i + 1;
                return new String(all, from, i - from, StandardCharsets.UTF_8);
            }
            if (b == '\\') {
                return escaped(from, i);
            }
            if (b >= 0 && b < ' ') {
                return null;
            }
        }
        return null;
    }

    private @Nullable String escaped(int from, int firstEscape) {
        var out = new StringBuilder(64);
        int plain = from;
        int i = firstEscape;
        while (i < to) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ') {
                return null;
            }
            if (b != '"' && b != '\\') {
                i++;
                continue;
            }
            out.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
            if (b == '"') {
                end = i + 1;
                return out.toString();
            }
            int length = escape(i + 1, out);
            if (length == 0) {
                return null;
            }
            i += 1 + length;
            plain = i;
        }
        return null;
    }

    /// Appends what the escape after a backslash means; returns its length, 0 if it is none.
    private int escape(int at, StringBuilder out) {
        if (at >= to) {
            return 0;
        }
        switch (bytes[at]) {
            case '"', '\\', '/' -> out.append((char) bytes[at]);
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                int code = hex(at + 1);
                if (code < 0) {
                    return 0;
                }
                out.append((char) code);
                return 5;
            }
            default -> {
                return 0;
            }
        }
        return 1;
    }

    private int hex(int at) {
        if (at + 4 > to) {
            return -1;
        }
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }
}
