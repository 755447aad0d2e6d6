package dev.bowline.permission;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Domain patterns: whole labels, case-insensitive; `*.example.org` covers names below, not the
/// name itself.
final class HostPattern {
    private HostPattern() {}

    static boolean matches(String pattern, String url) {
        var host = host(url);
        if (host.isEmpty()) {
            return false;
        }
        var wanted = pattern.toLowerCase(Locale.ROOT);
        var regex =
                wanted.startsWith("*.")
                        ? "(?:[^.]+\\.)+" + labels(wanted.substring(2))
                        : labels(wanted);
        return Pattern.matches(regex, host.get());
    }

    /// The address's host in lower case; nothing if it has none.
    static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost())
                    .map(host -> host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String labels(String text) {
        return "\\Q" + text.replace("*", "\\E[^.]*\\Q") + "\\E";
    }
}
