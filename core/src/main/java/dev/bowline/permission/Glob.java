package dev.bowline.permission;

import java.util.BitSet;

/// Patterns in which `*` stands for anything, compared in time bounded by the product of the
/// lengths, as models choose the text.
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int after = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                after = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++after;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /// Whether some text that begins with `prefix` fits.
    static boolean mayBegin(String pattern, String prefix) {
        var places = new BitSet();
        places.set(0);
        for (int t = 0; t < prefix.length() && !places.isEmpty(); t++) {
            var next = new BitSet();
            for (int p = places.nextSetBit(0); p >= 0; p = places.nextSetBit(p + 1)) {
                if (p < pattern.length() && pattern.charAt(p) == '*') {
                    next.set(p);
                    places.set(p + 1);
                } else if (p < pattern.length() && pattern.charAt(p) == prefix.charAt(t)) {
                    next.set(p + 1);
                }
            }
            places = next;
        }
        return !places.isEmpty();
    }
}
