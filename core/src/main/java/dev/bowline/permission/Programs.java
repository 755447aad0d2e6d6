package dev.bowline.permission;

import dev.bowline.tool.Access;
import java.util.IdentityHashMap;
import java.util.List;

/// The programs of one call in the spelling that rules are compared with, each put together once.
final class Programs {
    /// - `exact`: the words
    /// - `loose`: every guise
    record Spelled(String source, String exact, List<String> loose) {
        private static Spelled of(Access.Runs runs) {
            return new Spelled(
                    runs.source().strip(),
                    CommandText.exact(runs.words()),
                    runs.guises().stream().map(CommandText::loose).distinct().toList());
        }

        /// Whether every word is known before it runs.
        boolean isKnown() {
            return exact.indexOf(CommandText.UNKNOWN) < 0;
        }
    }

    private final IdentityHashMap<Access.Runs, Spelled> spelled = new IdentityHashMap<>();

    Spelled of(Access.Runs runs) {
        return spelled.computeIfAbsent(runs, Spelled::of);
    }
}
