package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects facts. Over a limit it says so and goes on counting nothing.
final class Facts {
    /// How many parts are looked at, repetitions included.
    static final int MAX_STEPS = 50_000;

    private final Set<Access> all = new LinkedHashSet<>();
    private final String line;
    private int harmful;
    private int steps;
    private final Map<Access, Access> idle = new HashMap<>();
    private boolean idling;
    private boolean started;

    Facts(String line) {
        this.line = line;
    }

    List<Access> all() {
        return all.stream()
                .map(access -> started ? access : idle.getOrDefault(access, access))
                .toList();
    }

    /// Collects what matters to programs that are started only.
    void idle(Runnable facts) {
        idling = true;
        facts.run();
        idling = false;
    }

    /// A program is started that isn't the shell's own.
    void started() {
        started = true;
    }

    /// Counts a part; false when there are too many.
    boolean step() {
        if (++steps > MAX_STEPS) {
            harmful++;
            all.add(Access.Runs.unreadable(line));
            return false;
        }
        return true;
    }

    int steps() {
        return steps;
    }

    /// How many facts so far are more than reading; repetitions count.
    int harmful() {
        return harmful;
    }

    void add(Access access) {
        boolean reads =
                switch (access) {
                    case Access.Reads any -> true;
                    case Access.Scans any -> true;
                    case Access.Runs runs -> runs.nature() == Nature.READS;
                    case Access.Writes any -> false;
                    case Access.Removes any -> false;
                    case Access.Contacts any -> false;
                    case Access.Session any -> true;
                    case Access.Fenced any -> true;
                };
        harmful += reads ? 0 : 1;
        all.add(access);
        if (access instanceof Access.Runs runs) {
            started |= runs.nature().compareTo(Nature.PLAIN) > 0;
            if (idling) {
                idle.put(
                        runs,
                        new Access.Runs(
                                runs.source(),
                                runs.words(),
                                runs.guises(),
                                Nature.READS,
                                runs.files()));
            }
        }
    }

    /// Something of which only the text is known.
    void unknown(String source) {
        add(new Access.Runs(source, List.of(Access.Word.UNKNOWN), Nature.UNKNOWN));
    }
}
