package dev.bowline.anthropic.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.anthropic.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    /// A body that comes in pieces of a fixed size.
    private record Pieces(byte[] bytes, int size, int[] at) implements Answer {
        static Pieces of(String text, int size) {
            return new Pieces(text.getBytes(StandardCharsets.UTF_8), size, new int[1]);
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public String header(String name) {
            return "";
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int n = Math.min(Math.min(size, length), bytes.length - at[0]);
            if (n == 0) {
                return -1;
            }
            System.arraycopy(bytes, at[0], into, from, n);
            at[0] += n;
            return n;
        }

        @Override
        public void done() {}

        @Override
        public void close() {}
    }

    private static List<String> events(String text, int size) throws Exception {
        var reader = new SseReader(Pieces.of(text, size), 1 << 20);
        var events = new ArrayList<String>();
        while (reader.next()) {
            events.add(
                    new String(
                            reader.bytes(),
                            reader.from(),
                            reader.to() - reader.from(),
                            StandardCharsets.UTF_8));
        }
        return events;
    }

    private static void assertEvents(List<String> expected, String text) throws Exception {
        for (int size = 1; size < 40; size++) {
            assertEquals(expected, events(text, size), "in pieces of " + size);
        }
        assertEquals(expected, events(text, 1 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInEachOfTheThreeWays(String end) throws Exception {
        var text =
                ": a comment\nevent: x\ndata: one\nid: 7\n\n\n\ndata:two\ndata: three\n\nretry: 5\n\ndata: ü€😀\n\n"
                        .replace("\n", end);
        assertEvents(List.of("one", "two\nthree", "ü€😀"), text);
    }

    @Test
    void mixedLineEndsAreFine() throws Exception {
        assertEvents(List.of("a\nb", "c"), "data: a\r\ndata: b\n\r\ndata: c\r\r\n");
    }

    @Test
    void onlyOneSpaceIsTakenOffAndEmptyDataCounts() throws Exception {
        assertEvents(List.of("  a ", "", "\n"), "data:   a \n\ndata\n\ndata:\ndata:\n\n");
    }

    @Test
    void otherFieldsAreSkipped() throws Exception {
        assertEvents(List.of("x"), "dat: a\ndatab: b\ndatabase\n data: c\ndata: x\n\n");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws Exception {
        assertEvents(List.of("x"), "\uFEFFdata: x\n\n");
    }

    @Test
    void anEventThatTheEndCutsOffIsDropped() throws Exception {
        assertEvents(List.of("x"), "data: x\n\ndata: y\n");
        assertEvents(List.of(), "data: y");
        assertEvents(List.of(), "");
    }

    @Test
    void aLongEventGrowsTheBufferUpToItsBound() throws Exception {
        var long_ = "data: " + "x".repeat(900_000) + "\n\n";
        assertEquals(900_000, events(long_ + long_, 8192).get(1).length());
        var tooLong = "data: " + "x".repeat(2_000_000) + "\n\n";
        var bad = assertThrows(BadAnswer.class, () -> events(tooLong, 8192));
        assertTrue(String.valueOf(bad.getMessage()).contains("1048576"));
    }
}
