package dev.bowline.cli.args;

import java.util.Collection;
import java.util.Optional;

/// The known word that somebody probably meant.
public final class Nearest {
    private Nearest() {}

    /// The closest of `known` within a third of the word's length, or nothing.
    public static Optional<String> to(String word, Collection<String> known) {
        String best = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (var candidate : known) {
            int distance =
                    candidate.startsWith(word) && word.length() > 3
                            ? 1
                            : distance(
                                    word.toLowerCase(java.util.Locale.ROOT),
                                    candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /// How many letters have to be changed, added or left out.
    static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
