package dev.bowline.cli.headless.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static LineReader reader(String text, long limit) {
        return new LineReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
    }

    @Test
    void readsLinesOfAllLengths() {
        var middle = "é".repeat(200_000);
        var lines = reader("a\n\n" + middle + "\nend", 1 << 20);
        assertEquals(Optional.of("a"), lines.next());
        assertEquals(Optional.of(""), lines.next());
        assertEquals(Optional.of(middle), lines.next());
        assertEquals(Optional.of("end"), lines.next());
        assertEquals(Optional.empty(), lines.next());
    }

    @Test
    void ofALineThatIsTooLongOnlyTheEndsCome() {
        var lines = reader("begin" + "x".repeat(1_000_000) + "end\nnext\n", 300_000);
        var text = lines.next().orElseThrow();
        assertTrue(text.startsWith("begin") && text.endsWith("end"));
        assertTrue(text.length() < 3 * LineReader.ENDS);
        assertInstanceOf(HostLine.Unreadable.class, HostLines.read(text));
        assertEquals(Optional.of("next"), lines.next());
    }

    @Test
    void anAnswerThatIsTooLongIsARefusal() {
        for (boolean first : new boolean[] {true, false}) {
            var id = "\"request_id\":\"q7\"";
            var big = "\"response\":\"" + "x".repeat(1_000_000) + "\"";
            var line =
                    "{\"type\":\"control_response\",\"response\":{"
                            + (first ? id + "," + big : big + "," + id)
                            + "}}\n";
            var read = HostLines.read(reader(line, 300_000).next().orElseThrow());
            assertEquals("q7", assertInstanceOf(HostLine.Refusal.class, read).id());
        }
    }
}
