package dev.bowline.permission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Patterns of hosts, as in `WebFetch(domain:…)`: whole labels, upper and lower case alike.
///
/// - `example.org`: that host only
/// - `*.example.org`: every host below it at any depth, not the host itself
/// - `*` elsewhere stands for any characters within one label
/// - `*` alone covers every host
///
/// Letters beyond ASCII and their form `xn--…` are the same, a dot at the end means nothing, IPv6
/// addresses may do without brackets. Text that is no pattern covers nothing. Never throws.
public final class HostPattern {
    private HostPattern() {}

    /// Whether the pattern covers a host, in any writing of it.
    public static boolean covers(String pattern, String host) {
        return HostName.find(host).map(known -> coversKnown(pattern, known)).orElse(false);
    }

    /// What is wrong with a pattern, in one sentence, or nothing.
    public static Optional<String> problem(String pattern) {
        if (pattern.strip().equals("*") || !written(pattern).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "\""
                        + pattern
                        + "\" is not a host; write example.org or *.example.org, without scheme, port or path");
    }

    static boolean matches(String pattern, String url) {
        return host(url).map(host -> coversKnown(pattern, host)).orElse(false);
    }

    /// The address's host in the form of [HostName]; nothing if it has none.
    static Optional<String> host(String url) {
        int start = url.indexOf("://") + 3;
        if (start < 3) {
            return Optional.empty();
        }
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        var authority = url.substring(start, end);
        var host = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = host.lastIndexOf(':');
        return HostName.find(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
    }

    private static boolean coversKnown(String pattern, String host) {
        var all = pattern.strip();
        if (all.equals("*")) {
            return true;
        }
        var wanted = written(all);
        if (wanted.isEmpty()) {
            return false;
        }
        boolean below = wanted.getFirst().equals("*") && wanted.size() > 1;
        if (HostName.isAddress(host) && (below || host.startsWith("["))) {
            return String.join(".", wanted).equals(host);
        }
        var labels = labels(host);
        int skipped = below ? labels.size() - wanted.size() + 1 : 0;
        var compared = below ? wanted.subList(1, wanted.size()) : wanted;
        if (below && skipped < 1 || labels.size() - skipped != compared.size()) {
            return false;
        }
        for (int i = 0; i < compared.size(); i++) {
            if (!Glob.matches(compared.get(i), labels.get(skipped + i))) {
                return false;
            }
        }
        return true;
    }

    /// The pattern's labels in the form of [HostName], with their `*`; none if it is no pattern.
    private static List<String> written(String pattern) {
        var text = pattern.strip();
        if (text.indexOf('*') < 0) {
            var host = text.indexOf(':') >= 0 && !text.startsWith("[") ? "[" + text + "]" : text;
            return HostName.find(host)
                    .map(known -> known.startsWith("[") ? List.of(known) : labels(known))
                    .orElse(List.of());
        }
        var labels = labels(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        var written = labels.stream().map(HostPattern::label).flatMap(Optional::stream).toList();
        return written.size() == labels.size() ? written : List.of();
    }

    private static List<String> labels(String host) {
        return Arrays.asList(host.split("\\.", -1));
    }

    private static Optional<String> label(String label) {
        if (label.indexOf('*') < 0) {
            return HostName.find(label + ".x").map(known -> known.substring(0, known.length() - 2));
        }
        var lower = label.toLowerCase(Locale.ROOT);
        return lower.chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= '0' && c <= '9'
                                        || c == '-'
                                        || c == '_'
                                        || c == '*')
                ? Optional.of(lower)
                : Optional.empty();
    }
}
