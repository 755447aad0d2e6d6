package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BashDifferentialTest {
    @TempDir Path folder;

    @BeforeEach
    void needsBash() {
        assumeTrue(RealBash.present());
    }

    @Test
    void treesOfListedLinesHaveAllThatBashRuns() throws Exception {
        List<String> lines = listed("lines.txt");
        assertTrue(lines.size() > 150);
        assertEquals(List.of(), BashCampaign.compare(lines, folder).holes());
    }

    @Test
    void listedLinesAreUnderstoodWhenBashAcceptsThem() throws Exception {
        for (String line : listed("lines.txt")) {
            boolean understood = Bash.parse(line) instanceof Parsed.Program;
            assertTrue(
                    understood || !RealBash.accepts(line, folder),
                    () -> line + "\n" + Bash.parse(line));
        }
    }

    @Test
    void linesThatAreUnclearOrThatBashMistakesAreRefused() throws Exception {
        for (String line : listed("refused.txt")) {
            assertInstanceOf(Parsed.Problem.class, Bash.parse(line), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parts", "lines", "mutated"})
    void treesOfGeneratedLinesHaveAllThatBashRuns(String kind) throws Exception {
        BashCampaign.Outcome outcome =
                BashCampaign.compare(BashCampaign.lines(7, 100, kind), folder);
        assertEquals(List.of(), outcome.holes());
        assertTrue(outcome.refused().size() * 10 <= outcome.ran(), () -> "" + outcome.refused());
    }

    private static List<String> listed(String name) throws IOException {
        try (InputStream in = BashDifferentialTest.class.getResourceAsStream(name)) {
            assertNotNull(in);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.stripTrailing().split("\n%%\n"));
        }
    }
}
