package dev.bowline.tools.shell;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A session in which commands run.
abstract class BashCase {
    static final ToolOptions ENDING = ToolOptions.DEFAULTS.withBackgroundOnTimeout(false);

    @TempDir Path folder;
    TestContext context;

    @BeforeEach
    void open() {
        context = new TestContext(folder);
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    ToolResult bash(String command) throws Exception {
        return context.call("Bash", "command", command);
    }

    static Object structured(ToolResult result, String key) {
        return result.structured().asMap().get(key);
    }

    /// Whether a process with this word in its arguments runs.
    static boolean runs(String word) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info()
                                .arguments()
                                .map(words -> Arrays.asList(words).contains(word))
                                .orElse(false));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited too long");
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
