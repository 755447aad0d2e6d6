package dev.bowline.cli.permissions;

import dev.bowline.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// How long decisions take: commands of 1 KB with 200 rules that allow and 100 that deny, then one
/// command of each size up to 100 KB. campaigns/decisions runs it.
final class DecisionSpeed {
    private static final int ROUNDS = 60;
    private static final int WARM = 20;

    private final Random random = new Random(1);
    private final Judge judge = new Judge();
    private final Map<String, List<String>> rules =
            Map.of(
                    "allow",
                    IntStream.range(0, 200).mapToObj(i -> "Bash(tool" + i + " sub *)").toList(),
                    "deny",
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    i % 2 == 0
                                            ? "Bash(bad" + i + " *)"
                                            : "Read(secrets" + i + "/**)")
                            .toList());

    public static void main(String[] args) {
        new DecisionSpeed().run();
    }

    private void run() {
        var lines = IntStream.range(0, 50).mapToObj(i -> command(950)).toList();
        var times = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var line : lines) {
                long took = decide(line);
                if (round >= WARM) {
                    times.add(took);
                }
            }
        }
        Collections.sort(times);
        System.out.printf(
                "1 KB, 300 rules: p50 %.2f ms, p99 %.2f ms%n",
                times.get(times.size() / 2) / 1e6, times.get(times.size() * 99 / 100) / 1e6);
        for (int kilobytes : List.of(1, 2, 5, 10, 20, 50, 100)) {
            var line = command(kilobytes * 1000);
            long best = IntStream.range(0, 8).mapToLong(i -> decide(line)).min().orElse(0);
            System.out.printf("%3d KB: %.2f ms%n", kilobytes, best / 1e6);
        }
    }

    private String command(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(text.isEmpty() ? "" : " && ")
                    .append("tool")
                    .append(random.nextInt(200))
                    .append(" sub 'an argument ")
                    .append(random.nextInt())
                    .append("' --flag=\"$HOME/x\"");
        }
        return text.toString();
    }

    private long decide(String line) {
        var question =
                PolicyCase.parse(
                        Json.of(
                                Map.of(
                                        "tool",
                                        "Bash",
                                        "input",
                                        Map.of("command", line),
                                        "rules",
                                        rules)),
                        Path.of("/tmp"),
                        Path.of("/home/user"));
        long begin = System.nanoTime();
        judge.decide(question);
        return System.nanoTime() - begin;
    }
}
