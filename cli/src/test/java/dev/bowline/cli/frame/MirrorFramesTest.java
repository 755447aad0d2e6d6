package dev.bowline.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.cli.console.Lines;
import dev.bowline.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorFramesTest {
    private static List<String> frames(List<String> lines) {
        var out = new ByteArrayOutputStream();
        new MirrorFrames(new Lines(out)).appended(Path.of("/c/\"q\".jsonl"), lines);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void putsTheLinesIntoOneFrame() {
        assertEquals(
                List.of(
                        "{\"type\":\"transcript_mirror\",\"filePath\":\"/c/\\\"q\\\".jsonl\",\"entries\":[{\"a\":1.50},{\"b\":2}]}"),
                frames(List.of("{\"a\":1.50}", "{\"b\":2}")));
        assertEquals(List.of(), frames(List.of()));
    }

    @Test
    void staysBelowAMegabyteUnlessOneLineAloneIsLonger() {
        var line = "{\"a\":\"" + "ä".repeat(200_000) + "\"}";
        var huge = "{\"a\":\"" + "x".repeat(1_500_000) + "\"}";
        var frames = frames(List.of(line, line, line, huge, line));
        var all = new ArrayList<Object>();
        for (var frame : frames) {
            var entries = (List<?>) Json.parse(frame).asMap().get("entries");
            all.addAll(entries);
            assertTrue(
                    frame.getBytes(StandardCharsets.UTF_8).length <= 1_000_000
                            || entries.size() == 1);
        }
        assertEquals(4, frames.size());
        assertEquals(5, all.size());
    }
}
