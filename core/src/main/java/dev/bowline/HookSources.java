package dev.bowline;

import dev.bowline.hook.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The hooks that [AgentOptions] name: fixed ones first, then those that may change.
final class HookSources {
    private final List<Hook> fixed = new ArrayList<>();
    private Supplier<List<Hook>> changing = List::of;

    void add(List<Hook> more) {
        fixed.addAll(more);
    }

    void changing(Supplier<List<Hook>> source) {
        changing = source;
    }

    /// All of them, asked anew for each event; what is named later doesn't count.
    Supplier<List<Hook>> all() {
        var first = List.copyOf(fixed);
        var then = changing;
        return () -> {
            var more = then.get();
            return more.isEmpty() ? first : Stream.concat(first.stream(), more.stream()).toList();
        };
    }
}
