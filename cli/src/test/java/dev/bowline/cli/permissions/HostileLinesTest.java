package dev.bowline.cli.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shows that the hostile lines of the corpus are none of fancy: bash does with them what they are
/// meant to do, in a folder that is thrown away, and the engine allows none of them.
class HostileLinesTest {
    private static final Path BASH = Path.of("/bin/bash");
    private static final int SECONDS = 20;

    @TempDir private Path folder;

    @Test
    void bashDoesWhatTheEngineRefuses() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH));
        var judge = new Judge();
        var imaginary = new ArrayList<String>();
        int proved = 0;
        for (var line : Corpus.read("shell-hostile.txt").lines()) {
            if (line.proved()) {
                proved++;
                var yard = Yard.in(folder.toRealPath().resolve(String.valueOf(line.number())));
                var verdict = judge.decide(line.in(yard.project(), yard.home())).verdict();
                assertNotEquals("allow", CheckCommand.decision(verdict), line.what());
                run(line.what(), yard);
                if (!yard.holds("CANARY")) {
                    imaginary.add(line.number() + ": " + line.what());
                }
                yard.close();
            }
        }
        assertEquals("", String.join("\n", imaginary));
        assertTrue(proved > 300);
    }

    private static void run(String line, Yard yard) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(BASH.toString(), "--norc", "--noprofile", "-c", line)
                        .directory(yard.project().toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("HOME", yard.home().toString());
        var bash = builder.start();
        if (!bash.waitFor(SECONDS, TimeUnit.SECONDS)) {
            bash.destroyForcibly();
        }
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
