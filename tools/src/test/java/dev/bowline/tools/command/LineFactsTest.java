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

    static List<String> tables() {
        return FactsTable.NAMES;
    }

    /// Each line of a table has these facts and no others, in this order.
    @ParameterizedTest
    @MethodSource("tables")
    void factsAreThoseOfTheTable(String table) {
        var cases = FactsTable.read(table);
        assertFalse(cases.isEmpty());
        for (var one : cases) {
            assertEquals(one.facts(), FactsTable.facts(one.line(), yard), one.line());
        }
    }
}
