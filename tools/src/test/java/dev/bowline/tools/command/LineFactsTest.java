package dev.bowline.tools.command;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineFactsTest {
    @TempDir private static Path folder;
    private static Yard yard;

    @BeforeAll
    static void open() throws IOException {
        yard = Yard.in(folder);
    }

    static List<String> parts() {
        return FactsTable.parts();
    }

    /// Each line of a table has these facts and no others, in this order.
    @ParameterizedTest
    @MethodSource("parts")
    void factsAreThoseOfTheTable(String part) {
        for (var one : FactsTable.part(part)) {
            assertEquals(one.facts(), FactsTable.facts(one.line(), yard), one.line());
        }
    }
}
