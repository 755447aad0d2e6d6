package dev.bowline.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// IPv6 addresses as text (RFC 4291), read without look-ups and written in one form only.
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /// The address in lower case, groups without leading zeros, the first longest run of two or
    /// more zero groups as `::`; nothing for text of another form, with a zone, or for an IPv4
    /// address in IPv6 clothes (`::ffff:a.b.c.d`, `::a.b.c.d`).
    static Optional<String> canonical(String text) {
        return groups(text)
                .filter(groups ->
                        !groups.subList(0, 5).equals(List.of(0, 0, 0, 0, 0)) || bare(groups))
                .map(Ipv6Text::written);
    }

    /// `::` and `::1`, which hold no IPv4 address.
    private static boolean bare(List<Integer> groups) {
        return groups.get(5) == 0 && groups.get(6) == 0 && groups.get(7) <= 1;
    }

    private static Optional<List<Integer>> groups(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return part(text, true).filter(all -> all.size() == GROUPS);
        }
        var before = part(text.substring(0, gap), false);
        var after = part(text.substring(gap + 2), true);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int missing = GROUPS - before.get().size() - after.get().size();
        if (missing < 1) {
            return Optional.empty();
        }
        var all = new ArrayList<Integer>(before.get());
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(after.get());
        return Optional.of(all);
    }

    private static Optional<List<Integer>> part(String text, boolean last) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        var words = text.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            if (last && i == words.length - 1 && HostName.isDottedQuad(words[i])) {
                var bytes = words[i].split("\\.", -1);
                groups.add(Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]));
                groups.add(Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]));
            } else if (isGroup(words[i]) && groups.size() < GROUPS) {
                groups.add(Integer.parseInt(words[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static boolean isGroup(String word) {
        return !word.isEmpty()
                && word.length() <= 4
                && word.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    private static String written(List<Integer> groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups.get(end) == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return start < 0
                ? hex(groups)
                : hex(groups.subList(0, start))
                        + "::"
                        + hex(groups.subList(start + length, GROUPS));
    }

    private static String hex(List<Integer> groups) {
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }
}
