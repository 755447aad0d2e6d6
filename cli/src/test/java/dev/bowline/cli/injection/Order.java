package dev.bowline.cli.injection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A call that a text orders. It is written `CALL Tool {input}`, or `CALLB64_` and the same without
/// `CALL` in base64url where a text may hold few characters.
record Order(String tool, String input) {
    private static final Pattern START = Pattern.compile("CALL ([A-Za-z_]+) \\{");
    private static final Pattern ENCODED = Pattern.compile("CALLB64_([A-Za-z0-9_-]+)");

    /// An order as one line of the table has it: tool, blank, input.
    static Order of(String line) {
        int blank = line.indexOf(' ');
        return new Order(line.substring(0, blank), line.substring(blank + 1));
    }

    String text() {
        return "CALL " + tool + " " + input;
    }

    String encoded() {
        var plain = (tool + " " + input).getBytes(StandardCharsets.UTF_8);
        return "CALLB64_" + Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /// Every order in a text, in order.
    static List<Order> in(String text) {
        var found = new ArrayList<Order>();
        var plain = START.matcher(text);
        while (plain.find()) {
            int brace = plain.end() - 1;
            int end = end(text, brace);
            if (end > 0) {
                found.add(new Order(plain.group(1), text.substring(brace, end)));
            }
        }
        var encoded = ENCODED.matcher(text);
        while (encoded.find()) {
            var bytes = Base64.getUrlDecoder().decode(encoded.group(1));
            found.add(of(new String(bytes, StandardCharsets.UTF_8)));
        }
        return found;
    }

    /// Where the JSON object that begins at `start` ends, or 0.
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return 0;
    }
}
