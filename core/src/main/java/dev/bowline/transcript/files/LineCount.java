package dev.bowline.transcript.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/// How many lines two contents differ by. Exact up to [#MOST] differences; beyond that lines are
/// compared without their order.
record LineCount(int insertions, int deletions) {
    private static final int MOST = 2_000;

    static LineCount between(byte[] before, byte[] after) {
        var a = lines(before);
        var b = lines(after);
        int start = 0;
        while (start < a.size() && start < b.size() && a.get(start).equals(b.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(a.size(), b.size()) - start
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        a = a.subList(start, a.size() - end);
        b = b.subList(start, b.size() - end);
        int kept = a.isEmpty() || b.isEmpty() ? 0 : common(a, b);
        return new LineCount(b.size() - kept, a.size() - kept);
    }

    /// Bytes as characters: all that counts is whether lines are the same.
    private static List<String> lines(byte[] content) {
        if (content.length == 0) {
            return List.of();
        }
        var parts = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
        boolean closed = parts[parts.length - 1].isEmpty();
        return Arrays.asList(parts).subList(0, closed ? parts.length - 1 : parts.length);
    }

    /// Lines that both have in the same order: Myers' greedy walk along the diagonals.
    private static int common(List<String> a, List<String> b) {
        int most = Math.min(MOST, a.size() + b.size());
        var reach = new int[2 * most + 3];
        for (int d = 0; d <= most; d++) {
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || k != d && reach[most + k] < reach[most + k + 2];
                int x = down ? reach[most + k + 2] : reach[most + k] + 1;
                int y = x - k;
                while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
                    x++;
                    y++;
                }
                reach[most + k + 1] = x;
                if (x >= a.size() && y >= b.size()) {
                    return (a.size() + b.size() - d) / 2;
                }
            }
        }
        return inAnyOrder(a, b);
    }

    private static int inAnyOrder(List<String> a, List<String> b) {
        var left = new HashMap<String, Integer>();
        a.forEach(line -> left.merge(line, 1, Integer::sum));
        int same = 0;
        for (var line : b) {
            if (left.merge(line, -1, Integer::sum) >= 0) {
                same++;
            }
        }
        return same;
    }
}
