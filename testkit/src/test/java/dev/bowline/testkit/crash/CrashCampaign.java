package dev.bowline.testkit.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Session;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.testkit.CrashingStore;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Kills a process with SIGKILL at each durable step of a turn and looks at what is left: the
/// transcript loads, nothing acknowledged is lost, no call that writes has run twice, every call
/// has one result, the next turn works.
final class CrashCampaign {
    private final Path folder;

    CrashCampaign(Path folder) {
        this.folder = folder;
    }

    /// `CrashCampaign ROUNDS`: every point that often, and a table of the results.
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        var folder = Files.createTempDirectory("bowline-crash-");
        var failures = new TreeMap<String, String>();
        try {
            var campaign = new CrashCampaign(folder);
            var points = campaign.points();
            System.out.printf("%d points, %d rounds each%n", points.size(), rounds);
            for (var point : points) {
                int passed = 0;
                for (int round = 1; round <= rounds; round++) {
                    try {
                        campaign.kill(point, round);
                        passed++;
                    } catch (AssertionError | RuntimeException | IOException e) {
                        failures.put(point + " #" + round, String.valueOf(e.getMessage()));
                    }
                }
                System.out.printf("%-20s %3d of %3d%n", point, passed, rounds);
            }
        } finally {
            remove(folder);
        }
        failures.forEach((point, why) -> System.out.println(point + ": " + why));
        System.out.println(failures.isEmpty() ? "all passed" : failures.size() + " failed");
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /// Every moment of every append of an undisturbed run, and the moments inside the tools.
    List<String> points() throws IOException, InterruptedException {
        var lines = run("none", folder.resolve("whole"), false);
        int appends = Integer.parseInt(lines.getLast().split(" ")[1]);
        var points = new ArrayList<String>();
        for (int append = 1; append <= appends; append++) {
            for (var moment : CrashingStore.Moment.values()) {
                points.add(append + " " + moment);
            }
        }
        points.addAll(
                List.of(
                        "before note a",
                        "after note a",
                        "before look",
                        "before note b",
                        "after note b"));
        return points;
    }

    /// Kills one process and checks what it left.
    void kill(String point, int round) throws IOException, InterruptedException {
        var home = folder.resolve(point.replace(' ', '-') + "-" + round);
        var lines = run(point, home, true);
        assertEquals("STOPPED", lines.getLast(), () -> point + " was not reached: " + lines);
        check(home);
        remove(home);
    }

    private static List<String> run(String point, Path home, boolean kill)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-cp",
                                classPath(),
                                CrashChild.class.getName(),
                                home.toString(),
                                point)
                        .redirectErrorStream(true)
                        .start();
        var lines = new ArrayList<String>();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.equals("STOPPED")) {
                    child.destroyForcibly();
                    break;
                }
            }
        } finally {
            child.destroyForcibly();
            int code = child.waitFor();
            if (kill) {
                assertEquals(137, code, () -> "not killed: " + lines);
            }
        }
        return lines;
    }

    /// Works on the class path and on the module path.
    private static String classPath() {
        var parts = new LinkedHashSet<String>();
        for (var type : List.of(CrashChild.class, CrashingStore.class, JsonlStore.class)) {
            var name = type.getName().replace('.', '/') + ".class";
            var url = String.valueOf(type.getResource("/" + name));
            if (url.startsWith("file:")) {
                parts.add(url.substring(5, url.length() - name.length()));
            }
        }
        for (var property : List.of("java.class.path", "jdk.module.path")) {
            parts.addAll(
                    Arrays.asList(
                            System.getProperty(property, "").split(java.io.File.pathSeparator)));
        }
        parts.remove("");
        return String.join(java.io.File.pathSeparator, parts);
    }

    private static void check(Path home) throws InterruptedException {
        var acknowledged = ReferenceTurn.read(home.resolve("acknowledged")).lines().toList();
        try (var store = new JsonlStore(home.resolve("config"))) {
            var left = left(store, acknowledged);
            var side = home.resolve("side");
            var agent = ReferenceTurn.agent(store, side, moment -> {});
            try (var session =
                    left.isEmpty()
                            ? agent.open(ReferenceTurn.ID)
                            : agent.resume(ReferenceTurn.ID)) {
                var rest = session.proceed();
                if (rest.isPresent()) {
                    assertInstanceOf(Outcome.Completed.class, rest.get().await());
                }
                paired(session);
                assertInstanceOf(Outcome.Completed.class, session.prompt("and now?").await());
                paired(session);
                assertEquals(session.entries(), store.read(ReferenceTurn.ID));
            }
            var notes = ReferenceTurn.read(side).lines().toList();
            assertEquals(new HashSet<>(notes).size(), notes.size(), () -> "twice: " + notes);
        }
    }

    /// What the dead process left: at least what it had acknowledged.
    private static List<Entry> left(JsonlStore store, List<String> acknowledged) {
        try {
            var entries = store.read(ReferenceTurn.ID);
            assertTrue(
                    entries.size() >= acknowledged.size(),
                    () -> acknowledged.size() + " acknowledged, " + entries.size() + " left");
            for (int i = 0; i < entries.size(); i++) {
                assertEquals(i + 1L, entries.get(i).number());
                assertTrue(!(entries.get(i).event() instanceof Event.Unknown), "an entry is lost");
            }
            return entries;
        } catch (BowlineException e) {
            assertEquals(ErrorCode.SESSION_NOT_FOUND, e.code());
            assertEquals(List.of(), acknowledged);
            return List.of();
        }
    }

    /// Every call has exactly one result, right behind it.
    private static void paired(Session session) {
        var messages = session.state().messages();
        for (int i = 0; i < messages.size(); i++) {
            var calls = ids(messages.get(i).content(), ContentBlock.ToolUse.class);
            if (!calls.isEmpty()) {
                var results = ids(messages.get(i + 1).content(), ContentBlock.ToolResult.class);
                assertEquals(calls, results);
            }
        }
    }

    private static List<String> ids(List<ContentBlock> content, Class<?> type) {
        return content.stream()
                .filter(type::isInstance)
                .map(block ->
                        block instanceof ContentBlock.ToolUse use
                                ? use.id()
                                : ((ContentBlock.ToolResult) block).toolUseId())
                .sorted()
                .toList();
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
