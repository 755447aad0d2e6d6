package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `./build` shows of Maven's log.
final class ProgressTest {
    @Test
    void showsALinePerModuleAndTheSumOfAllTests() throws Exception {
        var shown =
                show(
                        """
                        [INFO] Scanning for projects...
                        [INFO] Building Bowline: core 0.1.0                          [2/3]
                        [INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ bowline-core ---
                        [INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ bowline-core ---
                        [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in a.ATest
                        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in a.BTest
                        [INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0
                        [INFO] Building Bowline: tools 0.1.0                         [3/3]
                        [INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ bowline-tools ---
                        [WARNING] Tests run: 7, Failures: 0, Errors: 0, Skipped: 1
                        """);

        assertEquals(
                """
                core       compile test(5)
                tools      test(7)
                Tests run: 12, Failures: 0, Errors: 0, Skipped: 1
                """,
                shown);
    }

    @Test
    void showsWhatIsWrongButNotMavensAdvice() throws Exception {
        var shown =
                show(
                        """
                        [INFO] Building Bowline: core 0.1.0                          [2/3]
                        [WARNING] /a/B.java:[6,21] [rawtypes] found raw type: List
                        [ERROR] error: warnings found and -Werror specified
                        [ERROR]\s
                        [ERROR] [Help 1] http://somewhere
                        house: core/A.java has 500 lines
                        [ERROR] Tests run: 7, Failures: 1, Errors: 2, Skipped: 0
                        """);

        assertEquals(
                """
                core     \s
                [WARNING] /a/B.java:[6,21] [rawtypes] found raw type: List
                [ERROR] error: warnings found and -Werror specified
                house: core/A.java has 500 lines
                [ERROR] Tests run: 7, Failures: 1, Errors: 2, Skipped: 0
                Tests run: 7, Failures: 1, Errors: 2, Skipped: 0
                """,
                shown);
    }

    private static String show(String log) throws Exception {
        var script = House.root().resolve("launcher/progress.awk").toString();
        var awk =
                new ProcessBuilder("awk", "-f", script)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var in = awk.outputWriter(StandardCharsets.UTF_8)) {
            in.write(log);
        }
        var shown = new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, awk.waitFor());
        return shown;
    }
}
