package dev.bowline.tools.web;

import dev.bowline.permission.HostName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// Takes one text apart, from the left to the right.
final class AddressParser {
    /// Ports of other protocols, which would take a request for one of their own: the list of bad
    /// ports in the Fetch standard.
    private static final Set<Integer> BAD_PORTS =
            Set.of(
                    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87,
                    95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139,
                    143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
                    554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659,
                    4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
                    10080);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String text;

    AddressParser(String text) {
        this.text = text;
    }

    WebAddress parse() {
        if (text.isEmpty()) {
            return new WebAddress.Problem("The address is empty.");
        }
        if (text.codePoints().anyMatch(AddressParser::isOdd)) {
            return new WebAddress.Problem(
                    "The address has a blank, a backslash or an invisible character; write it percent-encoded.");
        }
        var lower = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        var scheme =
                lower.startsWith("https://") ? "https" : lower.startsWith("http://") ? "http" : "";
        if (scheme.isEmpty()) {
            return new WebAddress.Problem("The address does not begin with https:// or http://.");
        }
        int start = scheme.length() + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        try {
            return valid(scheme, text.substring(start, end), text.substring(end));
        } catch (IllegalArgumentException refused) {
            return new WebAddress.Problem(String.valueOf(refused.getMessage()));
        }
    }

    private static WebAddress.Valid valid(String scheme, String authority, String rest) {
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("The address has user information before its host.");
        }
        if (!rest.startsWith("/") && rest.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "Which host the address means is not certain; put a / behind the host.");
        }
        int colon = authority.lastIndexOf(':');
        boolean ported = colon > authority.lastIndexOf(']');
        var host = HostName.of(ported ? authority.substring(0, colon) : authority);
        int port = ported ? port(authority.substring(colon + 1)) : usualPort(scheme);
        return new WebAddress.Valid(scheme, host, port, target(rest));
    }

    /// The port that a scheme has by itself.
    static int usualPort(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }

    private static int port(String digits) {
        if (digits.isEmpty()
                || digits.length() > 5
                || digits.charAt(0) == '0'
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                || Integer.parseInt(digits) > 65535) {
            throw new IllegalArgumentException(
                    "The address's port is not a number from 1 to 65535.");
        }
        int port = Integer.parseInt(digits);
        if (BAD_PORTS.contains(port)) {
            throw new IllegalArgumentException("Port " + port + " belongs to another protocol.");
        }
        return port;
    }

    private static String target(String rest) {
        int hash = rest.indexOf('#');
        var target = hash < 0 ? rest : rest.substring(0, hash);
        var out = new StringBuilder(target.length() + 1);
        if (!target.startsWith("/")) {
            out.append('/');
        }
        var bytes = target.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (isPlain(bytes, i)) {
                out.append((char) bytes[i]);
            } else {
                out.append('%').append(HEX.toHexDigits(bytes[i]));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(byte[] bytes, int i) {
        return bytes[i] == '%'
                ? i + 2 < bytes.length
                        && HexFormat.isHexDigit(bytes[i + 1])
                        && HexFormat.isHexDigit(bytes[i + 2])
                : bytes[i] > 0x20 && bytes[i] < 0x7f && "\"<>[]^`{|}".indexOf(bytes[i]) < 0;
    }

    /// Blanks of all kinds, control characters, halves of characters, and backslashes.
    private static boolean isOdd(int c) {
        return c <= 0x20
                || c == '\\'
                || Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.SURROGATE;
    }
}
