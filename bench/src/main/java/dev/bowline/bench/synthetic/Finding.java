package dev.bowline.bench.synthetic;

import java.util.Locale;

/// What one case came to, in a sentence with figures.
record Finding(String name, String figures) {
    static Finding of(String name, String format, Object... values) {
        return new Finding(name, String.format(Locale.ROOT, format, values));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-22s %s", name, figures);
    }

    static double millisSince(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    /// What is in use after a collection.
    static long heapMiB() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
