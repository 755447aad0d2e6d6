package dev.bowline.tools.search;

import dev.bowline.tools.search.Findings.FileLines;
import dev.bowline.tools.search.Findings.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Finds the lines of one text. Lines end with `\n`.
final class LineSearch {
    private final String text;
    private final GrepQuery query;
    private final RustRegex.Compiled regex;
    private final Matcher matcher;
    private final int keep;
    private final List<Line> lines = new ArrayList<>();
    private long allLines;
    private long matches;
    private long printed;

    /// Where reading is: the number of the line that starts at `lineStart`.
    private int lineStart;

    private long lineNumber = 1;

    LineSearch(
            String text, GrepQuery query, RustRegex.Compiled regex, Deadline deadline, int keep) {
        this.text = text;
        this.query = query;
        this.regex = regex;
        this.keep = keep;
        this.matcher = regex.on(text).matcher(new Watched(text, deadline));
    }

    /// Whether anything is found.
    boolean any() {
        return nextMatch(0) != null;
    }

    /// The lines asked for, cut to what is worth keeping, or null when nothing is found.
    @Nullable FileLines found(String path) {
        int after = -1;
        for (var match = nextMatch(0); match != null; match = nextMatch(after)) {
            if (query.mode() == GrepQuery.Mode.CONTENT) {
                print(match);
            } else {
                count(match);
            }
            after = match.end;
            if (after >= text.length()) {
                break;
            }
        }
        boolean nothing = query.mode() == GrepQuery.Mode.CONTENT && allLines == 0;
        if (matches == 0 || nothing) {
            return null;
        }
        trailing(text.length(), query.after());
        return new FileLines(path, lines, matches);
    }

    /// How many lines there are in all.
    long allLines() {
        return allLines;
    }

    /// Whole lines with a match: `end` is after the last line end.
    private record Match(int start, int end) {}

    private @Nullable Match nextMatch(int from) {
        if (regex.spansLines()) {
            return nextSpan(from);
        }
        var literal = regex.literal();
        if (literal != null) {
            int hit = text.indexOf(literal, from);
            return hit < 0 ? null : lines(hit, hit + literal.length());
        }
        var required = regex.required();
        for (int start = from; start < text.length(); ) {
            if (required != null) {
                int hit = text.indexOf(required, start);
                if (hit < 0) {
                    return null;
                }
                start = text.lastIndexOf('\n', hit) + 1;
            }
            int end = lineEnd(start);
            if (matcher.region(start, end).find()) {
                return new Match(start, next(end));
            }
            start = next(end);
        }
        return null;
    }

    private @Nullable Match nextSpan(int from) {
        boolean hit = from == 0 ? matcher.find() : matcher.find(from);
        if (!hit || matcher.start() >= text.length()) {
            return null;
        }
        var match = lines(matcher.start(), matcher.end());
        // Matches in the same or neighbouring lines belong together.
        while (match.end < text.length() && matcher.find() && matcher.start() < text.length()) {
            var next = lines(matcher.start(), matcher.end());
            if (next.start > match.end) {
                break;
            }
            match = new Match(match.start, next.end);
        }
        return match;
    }

    private Match lines(int start, int end) {
        int first = text.lastIndexOf('\n', start - 1) + 1;
        boolean closed = end > first && text.charAt(end - 1) == '\n';
        return new Match(first, closed ? end : next(lineEnd(end)));
    }

    private void count(Match match) {
        boolean each = query.onlyMatching() || regex.spansLines();
        long hits = each ? hits(match).size() : 1;
        matches += hits;
    }

    private void print(Match match) {
        matches++;
        if (query.onlyMatching()) {
            printHits(match);
            return;
        }
        int start = match.start;
        for (int i = 0; i < query.before() && start > 0 && start > printedEnd; i++) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        trailing(match.start, query.after());
        emit(Math.max(start, printedEnd), match.start, false);
        emit(match.start, match.end, true);
    }

    private int printedEnd;

    /// Prints up to `count` lines after the last printed match, not beyond `limit`.
    private void trailing(int limit, int count) {
        if (printed == 0 || query.mode() != GrepQuery.Mode.CONTENT || query.onlyMatching()) {
            return;
        }
        int end = printedEnd;
        for (int i = 0; i < count && end < limit; i++) {
            end = next(lineEnd(end));
        }
        emit(printedEnd, end, false);
    }

    private void emit(int start, int end, boolean match) {
        int at = start;
        while (at < end) {
            int stop = lineEnd(at);
            add(numberOf(at), match, text.substring(at, stop));
            at = next(stop);
        }
        printedEnd = Math.max(printedEnd, end);
    }

    private void add(long number, boolean match, String line) {
        printed++;
        allLines++;
        if (lines.size() < keep) {
            lines.add(new Line(number, match, Findings.shown(line)));
        }
    }

    private void printHits(Match match) {
        for (var hit : hits(match)) {
            int at = hit.start;
            do {
                int stop = Math.min(hit.end, lineEnd(at));
                if (at == stop && regex.spansLines()) {
                    at = next(stop);
                    continue;
                }
                add(numberOf(at), true, text.substring(at, stop));
                at = next(stop);
            } while (at < hit.end);
        }
    }

    /// The matches themselves within lines; an empty one right after another does not count.
    private List<Match> hits(Match within) {
        var hits = new ArrayList<Match>();
        int limit = within.end;
        if (!regex.spansLines() && limit > within.start && text.charAt(limit - 1) == '\n') {
            limit--;
        }
        matcher.region(within.start, limit);
        int last = -1;
        while (matcher.find()) {
            if (matcher.start() != matcher.end() || matcher.start() != last) {
                hits.add(new Match(matcher.start(), matcher.end()));
                last = matcher.end();
            }
        }
        return hits;
    }

    private long numberOf(int start) {
        if (start < lineStart) {
            lineStart = 0;
            lineNumber = 1;
        }
        for (int end = lineEnd(lineStart); end < start; end = lineEnd(lineStart)) {
            lineStart = end + 1;
            lineNumber++;
        }
        return lineNumber;
    }

    private int lineEnd(int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private int next(int lineEnd) {
        return Math.min(text.length(), lineEnd + 1);
    }

    /// The text as the matcher sees it; a matcher that takes too long is stopped here.
    private static final class Watched implements CharSequence {
        private final String text;
        private final Deadline deadline;
        private int reads;

        Watched(String text, Deadline deadline) {
            this.text = text;
            this.deadline = deadline;
        }

        @Override
        public char charAt(int index) {
            if ((++reads & 0xFFFF) == 0
                    && (deadline.passed() || Thread.currentThread().isInterrupted())) {
                throw new Stopped();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// The time was over, or the thread was told to stop, in the middle of matching.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped in the middle of matching", null, false, false);
        }
    }
}
