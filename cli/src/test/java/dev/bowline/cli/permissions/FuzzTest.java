package dev.bowline.cli.permissions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzTest {
    @TempDir private Path folder;

    /// The long form is campaigns/fuzz.
    @Test
    void whateverComesInADecisionComesOut() {
        assertTrue(new FuzzCampaign(42, folder).run(4_000).startsWith("4000 inputs"));
    }
}
