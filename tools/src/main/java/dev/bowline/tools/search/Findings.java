package dev.bowline.tools.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Gathers what an engine finds, in any order and from any thread, and keeps the first lines by
/// path or the newest files, whichever the query shows. Memory is bounded by what is kept; the
/// totals count everything.
final class Findings {
    /// A line of a file.
    record Line(long number, boolean match, String text) {}

    /// The lines of a file, or in count mode none and how many match.
    record FileLines(String path, List<Line> lines, long matches) {
        FileLines {
            lines = List.copyOf(lines);
        }
    }

    /// A file with its time.
    record Dated(String path, long modified) {
        static final Comparator<Dated> NEWEST_FIRST =
                Comparator.comparingLong(Dated::modified).reversed().thenComparing(Dated::path);
    }

    /// At most this many lines or files are kept for a query without limit.
    static final int MOST = 50_000;

    /// Longer lines are cut to this many characters.
    static final int MAX_LINE = 500;

    private final int keep;
    private final Path root;
    private final Predicate<Path> readable;
    private final TreeMap<String, FileLines> byPath = new TreeMap<>();
    private final PriorityQueue<Dated> newest = new PriorityQueue<>(Dated.NEWEST_FIRST.reversed());
    private final List<String> notes = new ArrayList<>();
    private long kept;
    private long files;
    private long lines;
    private long matches;
    private @Nullable String problem;

    /// @param readable which files may be shown at all; what it refuses counts nowhere
    Findings(Path root, Predicate<Path> readable, int keep) {
        this.root = root;
        this.readable = readable;
        this.keep = Math.max(1, keep);
    }

    /// How many lines of one file are worth handing in.
    int keep() {
        return keep;
    }

    /// A file with a match.
    void file(String path) {
        if (!mayShow(path)) {
            return;
        }
        var dated = new Dated(path, modified(path));
        synchronized (this) {
            files++;
            newest.add(dated);
            if (newest.size() > keep) {
                newest.poll();
            }
        }
    }

    /// The first lines of a file, and how many there are.
    void lines(FileLines found, long all) {
        if (mayShow(found.path())) {
            add(found, all);
        }
    }

    private boolean mayShow(String path) {
        try {
            return readable.test(root.resolve(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private synchronized void add(FileLines found, long all) {
        files++;
        lines += all;
        matches += found.matches();
        byPath.put(found.path(), found);
        kept += weight(found);
        while (kept - weight(byPath.lastEntry().getValue()) >= keep) {
            kept -= weight(byPath.pollLastEntry().getValue());
        }
    }

    private static int weight(FileLines found) {
        return Math.max(1, found.lines().size());
    }

    /// Something that the reader has to know of a file, for example that it was left out; not of
    /// one that may not be shown.
    void note(String path, String text) {
        if (mayShow(path)) {
            note(path + " " + text);
        }
    }

    private synchronized void note(String text) {
        if (notes.size() < 5 && !notes.contains(text)) {
            notes.add(text);
        }
    }

    /// The search could not be done; `text` is for the model.
    synchronized void problem(String text) {
        problem = text;
    }

    synchronized @Nullable String problem() {
        return problem;
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    synchronized List<FileLines> byPath() {
        return List.copyOf(byPath.values());
    }

    synchronized List<String> newest() {
        return newest.stream().sorted(Dated.NEWEST_FIRST).map(Dated::path).toList();
    }

    synchronized long totalFiles() {
        return files;
    }

    synchronized long totalLines() {
        return lines;
    }

    synchronized long totalMatches() {
        return matches;
    }

    private long modified(String path) {
        try {
            return Files.getLastModifiedTime(root.resolve(path)).toMillis();
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }

    /// A line as it is shown: without the end of the line, cut when it is long.
    static String shown(String line) {
        var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (text.length() <= MAX_LINE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
        return text.substring(0, end) + " [… line cut at " + MAX_LINE + " characters]";
    }
}
