package dev.bowline.tools.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.tools.TestContext;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    @TempDir Path folder;

    /// An engine with three children: one in a command's group, one in a session of its own, one in
    /// a background task.
    static final class Engine {
        private Engine() {}

        public static void main(String[] args) throws Exception {
            var context = new TestContext(Path.of(args[0]));
            var pids = new ArrayList<String>();
            pids.add(context.call("Bash", "command", "sleep 4801 & echo $!").text());
            pids.add(context.call("Bash", "command", "setsid sleep 4802 & echo $!").text());
            context.call("Bash", "command", "exec sleep 4803", "run_in_background", true);
            while (pids.size() < 3) {
                ProcessHandle.current()
                        .descendants()
                        .filter(child ->
                                child.info()
                                        .arguments()
                                        .map(List::of)
                                        .orElse(List.of())
                                        .contains("4803"))
                        .findFirst()
                        .ifPresent(child -> pids.add("" + child.pid()));
            }
            System.out.println(String.join(" ", pids));
            System.in.read();
        }
    }

    private Process engine() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("jdk.module.path", "")
                                + File.pathSeparator
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        "-XX:TieredStopAtLevel=1",
                        Engine.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> children(Process engine) throws Exception {
        var out =
                new BufferedReader(
                        new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        assertTrue(line != null, "the engine has said nothing");
        var children = new ArrayList<ProcessHandle>();
        for (var pid : line.split(" ")) {
            children.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
        }
        assertEquals(3, children.size());
        return children;
    }

    private static void assertGone(List<ProcessHandle> children, Duration within) throws Exception {
        for (var child : children) {
            child.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void childrenEndWithAnEngineThatWasKilled() throws Exception {
        var engine = engine();
        try {
            var children = children(engine);
            assertTrue(children.stream().allMatch(ProcessHandle::isAlive));
            engine.destroyForcibly().waitFor();
            assertGone(children, Duration.ofSeconds(3));
        } finally {
            engine.destroyForcibly();
        }
    }

    @Test
    void childrenEndWithAnEngineThatClosedNoSession() throws Exception {
        var engine = engine();
        try {
            var children = children(engine);
            engine.getOutputStream().close();
            assertTrue(engine.waitFor(30, TimeUnit.SECONDS));
            assertGone(children, Duration.ofSeconds(3));
        } finally {
            engine.destroyForcibly();
        }
    }
}
