package dev.bowline.tools.web;

import dev.bowline.permission.HostName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// An address on the web as text, read by one strict parser; what it gives is what is checked,
/// looked up and contacted.
public sealed interface WebAddress {
    /// The longest text that is looked at.
    int LONGEST = 8192;

    /// An address that can be contacted as far as its form goes.
    ///
    /// @param scheme `http` or `https`
    /// @param host as [HostName] writes it, IPv6 in brackets
    /// @param port 1 to 65535
    /// @param target path and query, beginning with `/`, printable ASCII
    record Valid(String scheme, String host, int port, String target) implements WebAddress {
        /// The whole address in one form: without fragment, and without the port that its scheme
        /// has anyway.
        public String url() {
            return origin() + target;
        }

        /// The address up to the path.
        public String origin() {
            return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
        }

        /// The same page over `https`, if this is `http` at its usual port.
        Valid secured() {
            return scheme.equals("http") && port == 80
                    ? new Valid("https", host, 443, target)
                    : this;
        }
    }

    /// Text that is no such address.
    ///
    /// @param reason one sentence
    record Problem(String reason) implements WebAddress {}

    /// Never throws. Only `http` and `https`, a strict host, no user information, no blanks,
    /// control characters or backslashes. What doesn't belong into path and query is percent-encoded
    /// there, letters beyond ASCII as UTF-8.
    static WebAddress parse(String text) {
        return text.length() > LONGEST
                ? new Problem("The address is longer than " + LONGEST + " characters.")
                : new Parser(text).parse();
    }

    private static int usualPort(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }

    /// Takes one text apart, from the left to the right.
    final class Parser {
        /// Ports of other protocols, which would take a request for one of their own: the list of
        /// bad ports in the Fetch standard.
        private static final Set<Integer> BAD_PORTS =
                Set.of(
                        1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
                        101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161,
                        179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563,
                        587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
                        5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

        private static final HexFormat HEX = HexFormat.of().withUpperCase();

        private final String text;

        private Parser(String text) {
            this.text = text;
        }

        private WebAddress parse() {
            if (text.isEmpty()) {
                return new Problem("The address is empty.");
            }
            if (text.codePoints().anyMatch(Parser::isOdd)) {
                return new Problem(
                        "The address has a blank, a backslash or an invisible character; write it percent-encoded.");
            }
            var lower = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
            var scheme =
                    lower.startsWith("https://") ? "https" : lower.startsWith("http://") ? "http" : "";
            if (scheme.isEmpty()) {
                return new Problem("The address does not begin with https:// or http://.");
            }
            int start = scheme.length() + 3;
            int end = start;
            while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            try {
                return valid(scheme, text.substring(start, end), text.substring(end));
            } catch (IllegalArgumentException refused) {
                return new Problem(String.valueOf(refused.getMessage()));
            }
        }

        private static Valid valid(String scheme, String authority, String rest) {
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
            return new Valid(scheme, host, port, target(rest));
        }

        private static int port(String digits) {
            if (digits.isEmpty()
                    || digits.length() > 5
                    || digits.charAt(0) == '0'
                    || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(digits) > 65535) {
                throw new IllegalArgumentException("The address's port is not a number from 1 to 65535.");
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
}
