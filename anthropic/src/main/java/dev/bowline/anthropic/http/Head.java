package dev.bowline.anthropic.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Status line and headers, kept as text and searched on demand.
final class Head {
    private final String text;
    private final int status;

    private Head(String text, int status) {
        this.text = text;
        this.status = status;
    }

    /// Reads a head that ends with an empty line; null if it isn't one of HTTP/1.
    static @Nullable Head of(byte[] bytes, int from, int to) {
        var text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("HTTP/1.") || text.length() < 12) {
            return null;
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            status = status * 10 + digit;
        }
        return new Head(text, status);
    }

    int status() {
        return status;
    }

    @Nullable String header(String name) {
        int at = text.indexOf('\n') + 1;
        while (at > 0 && at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            int colon = at + name.length();
            if (colon < end
                    && text.charAt(colon) == ':'
                    && text.regionMatches(true, at, name, 0, name.length())) {
                return text.substring(colon + 1, end).strip();
            }
            at = end + 1;
        }
        return null;
    }

    boolean has(String name, String word) {
        var value = header(name);
        return value != null && value.toLowerCase(java.util.Locale.ROOT).contains(word);
    }

    boolean keepsAlive() {
        return text.startsWith("HTTP/1.1") && !has("connection", "close");
    }
}
