package dev.bowline.checks.wrong.tool;

/// Something lower that others use.
public final class Hammer {
    /// What it weighs in grams.
    public int weight() {
        return 300;
    }
}
