package dev.bowline.tools.file;

import static org.junit.jupiter.api.Assertions.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchTest {
    /// Applies hunks to the lines of a text.
    private static List<String> applied(List<String> lines, List<Map<String, Object>> hunks) {
        var result = new ArrayList<String>();
        int at = 0;
        for (var hunk : hunks) {
            long oldLines = ((Number) hunk.get("oldLines")).longValue();
            int start = (Integer) hunk.get("oldStart") - (oldLines == 0 ? 0 : 1);
            result.addAll(lines.subList(at, start));
            at = start;
            long newLines = 0;
            for (var line : (List<?>) hunk.get("lines")) {
                var text = line.toString();
                if (text.charAt(0) != '+') {
                    assertEquals(lines.get(at++), text.substring(1));
                }
                if (text.charAt(0) != '-') {
                    result.add(text.substring(1));
                    newLines++;
                }
            }
            assertEquals(oldLines, at - start);
            assertEquals(newLines, ((Number) hunk.get("newLines")).longValue());
        }
        result.addAll(lines.subList(at, lines.size()));
        return result;
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    @Test
    void hunksTurnOneTextIntoTheOther() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            var before = new ArrayList<String>();
            for (int i = random.nextInt(30); i > 0; i--) {
                before.add("" + (char) ('a' + random.nextInt(4)));
            }
            var after = new ArrayList<>(before);
            for (int i = random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(after.size() + 1);
                if (random.nextBoolean() || at == after.size()) {
                    after.add(at, "n" + random.nextInt(3));
                } else {
                    after.remove(at);
                }
            }
            var hunks = Patch.of(text(before), text(after));
            assertEquals(after, applied(before, hunks), before + " to " + after);
            assertEquals(before.equals(after), hunks.isEmpty());
        }
    }

    @Test
    void distantChangesAreHunksOfTheirOwn() {
        var before = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            before.add("line " + i);
        }
        var after = new ArrayList<>(before);
        after.set(5, "x");
        after.set(30, "y");
        var hunks = Patch.of(text(before), text(after));
        assertEquals(2, hunks.size());
        assertEquals(3, hunks.getFirst().get("oldStart"));
        assertEquals(8, ((List<?>) hunks.getFirst().get("lines")).size());
        assertEquals(28, hunks.getLast().get("oldStart"));
    }

    @Test
    void entirelyDifferentTextsAreReplacedInBoundedTime() {
        var before = new StringBuilder();
        var after = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            before.append("a").append(i).append('\n');
            after.append("b").append(i).append('\n');
        }
        long start = System.nanoTime();
        var hunks = Patch.of(before.toString(), after.toString());
        assertEquals(1, hunks.size());
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }
}
