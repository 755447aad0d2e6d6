package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.tool.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Figures of the store, each in a JVM of its own: `write DIR`, `load DIR`, `many DIR`, `list DIR`.
final class JsonlBench {
    private static final SessionId ID = new SessionId("bench");

    private JsonlBench() {}

    public static void main(String[] args) throws Exception {
        var dir = Path.of(args[1]);
        switch (args[0]) {
            case "write" -> write(dir);
            case "load" -> load(dir);
            case "many" -> many(dir);
            case "list" -> list(dir);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static List<Event> turn(int turn) {
        var none = Duration.ofMillis(3);
        var id = "toolu_" + turn;
        var input = Json.parse("{\"file_path\":\"/home/me/project/src/Main.java\"}");
        return List.of(
                new Event.Prompted(
                        UUID.randomUUID(),
                        turn,
                        List.of(new ContentBlock.Text("Please look at file number " + turn)),
                        "user"),
                new Event.Replied(
                        "msg_" + turn,
                        "claude-x",
                        List.of(
                                new ContentBlock.Text("I read it."),
                                new ContentBlock.ToolUse(id, "Read", input)),
                        StopReason.TOOL_USE,
                        null,
                        Usage.of(1234, 56),
                        1000,
                        "req_011CSHoEeqs5C35K2UUqR7Fy",
                        none),
                new Event.ToolStarted(id, "Read", Effect.READ, input),
                new Event.ToolFinished(
                        id,
                        "Read",
                        List.of(new ContentBlock.Text("     1\tclass Main {}\n".repeat(20))),
                        null,
                        Json.parse("{\"type\":\"text\",\"lines\":20}"),
                        none),
                new Event.TurnEnded(
                        turn,
                        new Outcome.Completed("It is a class.", StopReason.END_TURN),
                        new Event.Figures(none, none, none, none, none, 2, 1)));
    }

    private static void write(Path dir) throws Exception {
        long bytes = 0;
        for (int round = 0; round < 5; round++) {
            var config = dir.resolve("c" + round);
            try (var store = new JsonlStore(config);
                    var log = store.create(ID, dir)) {
                long number = 0;
                log.append(
                        List.of(
                                new Entry(
                                        ++number,
                                        UUID.randomUUID(),
                                        Instant.now(),
                                        new Event.Opened("/p", "m", "default", "1", null))));
                long start = System.nanoTime();
                long cpu = cpu();
                int appends = 0;
                for (int t = 1; t <= 2000; t++) {
                    for (var event : turn(t)) {
                        log.append(
                                List.of(
                                        new Entry(
                                                ++number,
                                                UUID.randomUUID(),
                                                Instant.now(),
                                                event)));
                        appends++;
                    }
                }
                long took = System.nanoTime() - start;
                bytes = Files.size(store.file(ID));
                System.out.printf(
                        "write: %d appends in %d ms: %.1f us each (%.1f us of CPU), %,d bytes%n",
                        appends,
                        took / 1_000_000,
                        took / 1e3 / appends,
                        (cpu() - cpu) / 1e3 / appends,
                        bytes);
            }
        }
    }

    private static void load(Path dir) {
        long start = System.nanoTime();
        try (var store = new JsonlStore(dir.resolve("c0"))) {
            for (int i = 0; i < 5; i++) {
                long cpu = cpu();
                var log = store.open(ID);
                long loaded = System.nanoTime();
                var state = SessionState.of(log.entries());
                long folded = System.nanoTime();
                System.out.printf(
                        "load: %d entries in %d ms (%d ms of CPU), fold %d ms, turn %d%n",
                        log.entries().size(),
                        (loaded - start) / 1_000_000,
                        (cpu() - cpu) / 1_000_000,
                        (folded - loaded) / 1_000_000,
                        state.turn().number());
                log.close();
                start = System.nanoTime();
            }
        }
    }

    private static long cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void many(Path dir) {
        var config = dir.resolve("many");
        try (var store = new JsonlStore(config, Durability.PROCESS)) {
            long start = System.nanoTime();
            for (int s = 0; s < 10_000; s++) {
                try (var log = store.create(SessionId.random(), dir)) {
                    var entries = new ArrayList<Entry>();
                    entries.add(
                            new Entry(
                                    1,
                                    UUID.randomUUID(),
                                    Instant.now(),
                                    new Event.Opened("/p", "m", "default", "1", null)));
                    for (var event : turn(1)) {
                        entries.add(
                                new Entry(
                                        entries.size() + 1L,
                                        UUID.randomUUID(),
                                        Instant.now(),
                                        event));
                    }
                    log.append(entries);
                }
            }
            System.out.printf(
                    "many: 10000 sessions in %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void list(Path dir) {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            try (var store = new JsonlStore(dir.resolve("many"))) {
                var list = store.list(Optional.empty());
                System.out.printf(
                        "list: %d sessions in %d ms, %s%n",
                        list.size(),
                        (System.nanoTime() - start) / 1_000_000,
                        list.getFirst().title());
            }
        }
    }
}
