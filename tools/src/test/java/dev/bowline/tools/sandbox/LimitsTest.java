package dev.bowline.tools.sandbox;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import dev.bowline.tools.web.AddressPolicy;
import dev.bowline.tools.web.NameLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LimitsTest {
    @TempDir Path folder;

    @BeforeEach
    void check() {
        assumeTrue(
                Bubblewrap.here().problem().isEmpty(),
                () -> "no sandbox here: " + Bubblewrap.here().problem().orElse(""));
    }

    private static boolean runs(String word) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info()
                                .arguments()
                                .map(words -> Arrays.asList(words).contains(word))
                                .orElse(false));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in time");
            Thread.onSpinWait();
        }
    }

    /// Runs a script in a sandbox of its own.
    private String run(Limits limits, String script) throws Exception {
        var project = Files.createDirectories(folder.resolve("project")).toRealPath();
        var results = Files.createDirectories(folder.resolve("results")).toRealPath();
        var sandbox =
                new Sandbox(
                        SandboxSettings.ON,
                        new AddressPolicy(NameLookup.of(Map.of()), Set.of()),
                        limits,
                        Bubblewrap::here);
        var site = new Site(project, List.of(project), project.getParent(), results, List.of());
        try (var folders = new PrivateFolders();
                var cell = sandbox.open(site, folders)) {
            var bash = Path.of("/bin/bash");
            var words =
                    new java.util.ArrayList<>(
                            List.of("/usr/bin/setsid", "/bin/bash", "-c", cell.launch(), "bash"));
            words.addAll(cell.words(bash, script));
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return said;
        }
    }

    @Test
    void aForkBombIsBounded() throws Exception {
        var limits = new Limits(40, 2L << 30, 1L << 30);
        var group = ControlGroup.open(limits);
        group.close();
        assumeTrue(
                !System.getProperty("user.name").equals("root") || !group.folders().isEmpty(),
                "root is bound by control groups only");
        var said =
                run(
                        limits,
                        "for i in $(seq 100); do sleep 30 & done 2>/dev/null; ls /proc | grep -c '^[0-9]'; kill -9 -1");
        assertFalse(
                said.strip()
                        .lines()
                        .anyMatch(line -> line.matches("[0-9]+") && Integer.parseInt(line) > 60),
                said);
    }

    @Test
    void memoryIsBounded() throws Exception {
        assumeTrue(Bubblewrap.find("perl").isPresent(), "no perl");
        var limits = new Limits(100, 200L << 20, 1L << 30);
        var said =
                run(limits, "perl -e '$x = \"a\" x (400<<20); print \"got it\"'; echo; echo next");
        assertFalse(said.contains("got it"), said);
        assertTrue(said.contains("next"), said);
        assertTrue(
                run(limits, "perl -e '$x = \"a\" x (20<<20); print \"got it\"'")
                        .contains("got it"));
    }

    @Test
    void filesAreBounded() throws Exception {
        var limits = new Limits(100, 1L << 30, 1L << 20);
        run(limits, "head -c 3000000 /dev/zero > big; head -c 1000 /dev/zero > small");
        assertTrue(Files.size(folder.resolve("project/big")) <= 1L << 20);
        assertEquals(1000, Files.size(folder.resolve("project/small")));
    }

    @Test
    void limitsCanNotBeLifted() throws Exception {
        var said =
                run(
                        new Limits(100, 1L << 30, 1L << 20),
                        "ulimit -f unlimited; ulimit -d unlimited; ulimit -f");
        assertEquals("1024", said.strip().lines().reduce((a, b) -> b).orElse(""));
    }

    @Test
    void aTimeOutEndsEverythingInside() throws Exception {
        try (var session =
                new Confined(
                        new TestContext(folder),
                        ToolOptions.DEFAULTS
                                .withSandbox(SandboxSettings.ON)
                                .withBackgroundOnTimeout(false))) {
            var result =
                    session.call(
                            "command",
                            "trap 'echo told' TERM; setsid sleep 4711 & (env -i setsid nohup sleep 4711 &) ; sleep 4711",
                            "timeout",
                            1500L);
            assertInstanceOf(ToolResult.Failure.class, result);
            assertTrue(result.text().contains("timed out"), result.text());
            await(() -> !runs("4711"));
        }
    }

    @Test
    void whatACommandLeavesBehindEndsWithIt() throws Exception {
        try (var session = new Confined(folder, SandboxSettings.ON)) {
            session.run("setsid nohup sleep 4712 >/dev/null 2>&1 & echo done");
            await(() -> !runs("4712"));
        }
    }

    @Test
    void backgroundTasksRunInsideAndEndWithTheSession() throws Exception {
        var outside = folder.resolve("outside");
        try (var session = new Confined(folder, SandboxSettings.ON)) {
            var started =
                    session.call(
                            "command",
                            "echo x > '"
                                    + outside
                                    + "'; echo here > here; mkdir .vscode; sleep 4713",
                            "run_in_background",
                            true);
            assertInstanceOf(ToolResult.Success.class, started);
            var file = session.project().resolve("here");
            await(() -> Files.exists(file) && runs("4713"));
            assertTrue(Files.isDirectory(session.project().resolve(".vscode")));
            session.run("echo > .vscode/x");
            assertTrue(Files.isDirectory(session.project().resolve(".vscode")));
            assertFalse(Files.exists(outside));
        }
        await(() -> !runs("4713") && !Files.exists(folder.resolve("project/.vscode")));
    }

    @Test
    void whatASandboxCosts() throws Exception {
        try (var session = new Confined(folder, SandboxSettings.ON)) {
            var bare = median(() -> session.context.call("Bash", "command", "true"));
            var confined = median(() -> session.call("command", "true"));
            System.getLogger(LimitsTest.class.getName())
                    .log(System.Logger.Level.INFO, "bare {0} us, confined {1} us", bare, confined);
            assertTrue(confined < 5_000_000, () -> confined + " us");
        }
    }

    private interface Run {
        void now() throws Exception;
    }

    private static long median(Run run) throws Exception {
        var times = new long[21];
        for (int i = 0; i < times.length; i++) {
            long started = System.nanoTime();
            run.now();
            times[i] = (System.nanoTime() - started) / 1_000;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
