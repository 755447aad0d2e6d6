package dev.bowline.permission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The host of an address, written in the one form that rules and look-ups compare.
///
/// - names: lower case, without the dot at the end, letters beyond ASCII as `xn--…`; labels of
///   letters, digits, `-` and `_` (not in the last one), at most 63 characters, 253 in all
/// - IPv4: four decimal numbers only; every other notation that some resolver would take for an
///   address is refused
/// - IPv6: in brackets, without zone, shortened as in RFC 5952
public final class HostName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private HostName() {}

    /// @throws IllegalArgumentException with a sentence for people, if it is no such host
    public static String of(String text) {
        if (text.startsWith("[")) {
            return "[" + address(text) + "]";
        }
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty()) {
            throw refused(text, "is empty");
        }
        if (name.length() > LONGEST) {
            throw refused(text, "is longer than 253 characters");
        }
        if (isDottedQuad(name)) {
            return name;
        }
        var labels = name.split("\\.", -1);
        var ascii = Arrays.stream(labels).map(label -> label(label, text)).toList();
        var last = ascii.getLast();
        if (last.charAt(0) < 'a') {
            throw refused(text, "ends like an address, but is not of the form 192.0.2.1");
        }
        if (last.contains("_")) {
            throw refused(text, "has an odd character in its last label");
        }
        var joined = String.join(".", ascii);
        if (joined.length() > LONGEST) {
            throw refused(text, "is longer than 253 characters");
        }
        return joined;
    }

    /// The same; nothing instead of an exception.
    public static Optional<String> find(String text) {
        try {
            return Optional.of(of(text));
        } catch (IllegalArgumentException notAHost) {
            return Optional.empty();
        }
    }

    /// Whether a host in the form of [#of] is an address instead of a name.
    public static boolean isAddress(String host) {
        return host.startsWith("[") || isDottedQuad(host);
    }

    /// Whether `text` is four decimal numbers up to 255 without leading zeros.
    static boolean isDottedQuad(String text) {
        if (text.length() > 15) {
            return false;
        }
        var parts = text.split("\\.", -1);
        return parts.length == 4 && Arrays.stream(parts).allMatch(HostName::isByte);
    }

    private static boolean isByte(String part) {
        return !part.isEmpty()
                && part.length() <= 3
                && part.chars().allMatch(c -> c >= '0' && c <= '9')
                && (part.length() == 1 || part.charAt(0) != '0')
                && Integer.parseInt(part) <= 255;
    }

    private static String address(String text) {
        if (!text.endsWith("]") || text.length() > 50) {
            throw refused(text, "is not an IPv6 address in brackets");
        }
        return Ipv6Text.canonical(text.substring(1, text.length() - 1))
                .orElseThrow(() ->
                        refused(
                                text,
                                "is not an IPv6 address, or has a zone or an IPv4 address in it"));
    }

    private static String label(String label, String host) {
        if (label.isEmpty()) {
            throw refused(host, "has an empty label");
        }
        var ascii =
                label.chars().allMatch(c -> c < 128)
                        ? label.toLowerCase(Locale.ROOT)
                        : "xn--" + Punycode.encode(ForeignLabel.of(label, host));
        if (!ascii.chars().allMatch(HostName::isLabelCharacter)) {
            throw refused(host, "has an odd character");
        }
        if (ascii.startsWith("-") || ascii.endsWith("-")) {
            throw refused(host, "has a label that begins or ends with a hyphen");
        }
        if (ascii.length() > LONGEST_LABEL) {
            throw refused(host, "has a label of more than 63 characters");
        }
        return ascii;
    }

    private static boolean isLabelCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    static IllegalArgumentException refused(String host, String why) {
        return new IllegalArgumentException("The host \"" + shown(host) + "\" " + why + ".");
    }

    /// Printable ASCII and letters as they are, everything else as its number; at most 80.
    private static String shown(String host) {
        return host.codePoints()
                .limit(80)
                .mapToObj(c ->
                        c > 0x20 && c < 0x7f || c > 0x7f && Character.isLetterOrDigit(c)
                                ? Character.toString(c)
                                : String.format(Locale.ROOT, "\\u{%x}", c))
                .collect(Collectors.joining());
    }
}
