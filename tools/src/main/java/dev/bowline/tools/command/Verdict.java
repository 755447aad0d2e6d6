package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.List;

/// What is known about a call of a program.
///
/// - `starts`: the programs that it starts itself
record Verdict(Nature nature, List<Access> files, List<Started> starts) {
    Verdict {
        files = List.copyOf(files);
        starts = List.copyOf(starts);
    }

    /// A program that a program starts.
    sealed interface Started {
        /// By name and arguments.
        record Words(List<Argument> words) implements Started {}

        /// As text for a shell, with what it finds in `$0`, `$1` and so on.
        record Text(Argument script, List<Argument> positional) implements Started {}
    }

    static Verdict of(Nature nature) {
        return new Verdict(nature, List.of(), List.of());
    }

    static Verdict of(Nature nature, List<Access> files) {
        return new Verdict(nature, files, List.of());
    }

    Verdict starting(List<Started> others) {
        return new Verdict(nature, files, others);
    }

    /// The same with more files.
    Verdict with(List<Access> others) {
        var all = new ArrayList<>(files);
        all.addAll(others);
        return new Verdict(nature, all, starts);
    }

    /// The same, but not milder than another nature.
    Verdict atLeast(Nature other) {
        return nature.compareTo(other) >= 0 ? this : new Verdict(other, files, starts);
    }
}
