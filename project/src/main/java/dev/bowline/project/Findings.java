package dev.bowline.project;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one file, found while it is looked through.
final class Findings {
    private final String where;
    private final List<Problem> problems = new ArrayList<>();
    private boolean broken;

    Findings(String where) {
        this.where = where;
    }

    /// All of the file is of no use.
    void broken(String key, String message) {
        broken = true;
        problems.add(new Problem(where, key, message, true));
    }

    /// One thing is of no use; its neighbours stay.
    void bad(String key, String message) {
        problems.add(new Problem(where, key, message, true));
    }

    void odd(String key, String message) {
        problems.add(new Problem(where, key, message, false));
    }

    /// Says what becomes of a file that is of no use.
    void skipped() {
        bad("", "it is skipped; only those of its deny and ask rules count that can be read");
    }

    boolean isBroken() {
        return broken;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
