package dev.bowline.permission;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/// Domain patterns: whole labels, case-insensitive; `*.example.org` covers names below, not the
/// name itself.
final class HostPattern {
    private HostPattern() {}

    static boolean matches(String pattern, String url) {
        String host;
        try {
            host = URI.create(url).getHost();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        if (host == null) {
            return false;
        }
        var wanted = pattern.toLowerCase(Locale.ROOT);
        var regex =
                wanted.startsWith("*.")
                        ? "(?:[^.]+\\.)+" + labels(wanted.substring(2))
                        : labels(wanted);
        return Pattern.matches(regex, host.toLowerCase(Locale.ROOT));
    }

    private static String labels(String text) {
        return "\\Q" + text.replace("*", "\\E[^.]*\\Q") + "\\E";
    }
}
