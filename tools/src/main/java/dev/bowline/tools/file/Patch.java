package dev.bowline.tools.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The difference of two texts as hunks with three lines of context, like `diff -u`. When more than
/// [#MAX_EDITS] lines differ in between, that stretch is one replacement: the time stays bounded.
final class Patch {
    static final int MAX_EDITS = 1_000;
    private static final int CONTEXT = 3;

    /// A line of the comparison: kept (' '), removed ('-') or added ('+').
    private record Line(char sign, String text) {}

    private Patch() {}

    /// The hunks as `{oldStart, oldLines, newStart, newLines, lines}`; empty when nothing differs.
    static List<Map<String, Object>> of(String before, String after) {
        var script = compare(lines(before), lines(after));
        var hunks = new ArrayList<Map<String, Object>>();
        int lastEnd = 0;
        int i = 0;
        int oldLine = 1;
        int newLine = 1;
        while (i < script.size()) {
            if (script.get(i).sign == ' ') {
                i++;
                oldLine++;
                newLine++;
                continue;
            }
            int start = Math.max(lastEnd, i - CONTEXT);
            int end = end(script, i);
            int back = i - start;
            hunks.add(hunk(script.subList(start, end), oldLine - back, newLine - back));
            lastEnd = end;
            for (; i < end; i++) {
                oldLine += script.get(i).sign == '+' ? 0 : 1;
                newLine += script.get(i).sign == '-' ? 0 : 1;
            }
        }
        return hunks;
    }

    /// Where the hunk that begins with the change at `i` ends: after the context of its last
    /// change.
    private static int end(List<Line> script, int i) {
        int last = i;
        for (int k = i; k < script.size() && k - last <= 2 * CONTEXT; k++) {
            if (script.get(k).sign != ' ') {
                last = k;
            }
        }
        return Math.min(script.size(), last + 1 + CONTEXT);
    }

    private static Map<String, Object> hunk(List<Line> lines, int oldStart, int newStart) {
        long added = lines.stream().filter(line -> line.sign == '+').count();
        long removed = lines.stream().filter(line -> line.sign == '-').count();
        var hunk = new LinkedHashMap<String, Object>();
        hunk.put("oldStart", lines.size() == added ? oldStart - 1 : oldStart);
        hunk.put("oldLines", lines.size() - added);
        hunk.put("newStart", lines.size() == removed ? newStart - 1 : newStart);
        hunk.put("newLines", lines.size() - removed);
        hunk.put("lines", lines.stream().map(line -> line.sign + line.text).toList());
        return hunk;
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var lines = List.of(text.split("\n", -1));
        return text.endsWith("\n") ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static List<Line> compare(List<String> a, List<String> b) {
        int head = 0;
        while (head < a.size() && head < b.size() && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < a.size() - head
                && tail < b.size() - head
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        var script = new ArrayList<Line>();
        a.subList(0, head).forEach(text -> script.add(new Line(' ', text)));
        script.addAll(middle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail)));
        a.subList(a.size() - tail, a.size()).forEach(text -> script.add(new Line(' ', text)));
        return script;
    }

    /// The greedy algorithm of Myers: the furthest point reached on every diagonal, step by step.
    private static List<Line> middle(List<String> a, List<String> b) {
        int most = Math.min(MAX_EDITS, a.size() + b.size());
        var trace = new ArrayList<int[]>();
        var reached = new int[2 * most + 3];
        for (int d = 0; d <= most; d++) {
            for (int k = -d; k <= d; k += 2) {
                int x = start(reached, most + 1, d, k);
                while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                reached[most + 1 + k] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return back(trace, a, b, d);
                }
            }
            trace.add(java.util.Arrays.copyOfRange(reached, most - d, most + d + 3));
        }
        return replaced(a, b);
    }

    private static int start(int[] reached, int zero, int d, int k) {
        boolean down = k == -d || (k != d && reached[zero + k - 1] < reached[zero + k + 1]);
        return down ? reached[zero + k + 1] : reached[zero + k - 1] + 1;
    }

    private static List<Line> back(List<int[]> trace, List<String> a, List<String> b, int steps) {
        var script = new ArrayList<Line>();
        int x = a.size();
        int y = b.size();
        for (int d = steps; d > 0; d--) {
            var before = trace.get(d - 1);
            int zero = d;
            int k = x - y;
            boolean down = k == -d || (k != d && before[zero + k - 1] < before[zero + k + 1]);
            int fromK = down ? k + 1 : k - 1;
            int fromX = before[zero + fromK];
            int fromY = fromX - fromK;
            int middleX = down ? fromX : fromX + 1;
            while (x > middleX) {
                x--;
                script.add(new Line(' ', a.get(x)));
            }
            script.add(down ? new Line('+', b.get(fromY)) : new Line('-', a.get(fromX)));
            x = fromX;
            y = fromY;
        }
        while (x > 0) {
            x--;
            script.add(new Line(' ', a.get(x)));
        }
        return script.reversed();
    }

    private static List<Line> replaced(List<String> a, List<String> b) {
        var script = new ArrayList<Line>();
        a.forEach(text -> script.add(new Line('-', text)));
        b.forEach(text -> script.add(new Line('+', text)));
        return script;
    }
}
