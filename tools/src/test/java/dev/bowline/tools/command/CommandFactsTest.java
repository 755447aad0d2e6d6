package dev.bowline.tools.command;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandFactsTest {
    @TempDir private static Path folder;
    private static Yard yard;

    @BeforeAll
    static void open() throws IOException {
        yard = Yard.in(folder);
    }

    static Stream<Arguments> lines() {
        return Stream.of("free", "edits", "rules", "exact", "person")
                .flatMap(needs -> Yard.table(needs).map(line -> Arguments.of(needs, line)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineNeedsWhatItsTableSays(String needs, String line) {
        assertEquals(needs, yard.needs(line), () -> line + "\n" + yard.facts(line));
    }
}
