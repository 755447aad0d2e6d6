package dev.bowline.bench.transport;

import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.noAnswer;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Compares the candidates over plain HTTP and over TLS; server and candidates run in processes of
/// their own. The figures of docs/adr/0002-transport.md come from here:
///
/// ```
/// mvn -q -pl bench -am package -DskipTests \
///     org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=target/classpath
/// java -cp "bench/target/classes:$(cat bench/target/classpath)" dev.bowline.bench.transport.TransportBench [socket|urlconnection|jdk|helidon]...
/// ```
public final class TransportBench {
    private static final int COLD_RUNS = 7;

    private TransportBench() {}

    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "all" : args[0]) {
            case "serve" -> serve(args[1].equals("tls"));
            case "cold" -> new Measure(Candidates.of(args[1], args[2])).cold();
            case "warm" -> {
                new Measure(Candidates.of(args[1], args[2])).warm();
                Runtime.getRuntime().halt(0);
            }
            default -> compare(args.length == 0 ? Candidates.NAMES : Arrays.asList(args));
        }
    }

    private static void serve(boolean tls) throws Exception {
        var small = filler(20, 20);
        var large = filler(100_000, 20);
        var slow = filler(100, 20).pauseEvery(25, Duration.ofMillis(100));
        try (var api =
                FakeMessagesApi.start(script -> {
                    script.keepRequests(0).replyWith(r -> reply(r, small, large, slow));
                    if (tls) {
                        script.tls();
                    }
                })) {
            System.out.println(api.baseUrl());
            System.out.flush();
            System.in.readAllBytes();
        }
    }

    private static FakeReply reply(
            FakeRequest request, FakeReply small, FakeReply large, FakeReply slow) {
        return switch (request.lastUserText()) {
            case "deltas=20" -> small;
            case "deltas=100000" -> large;
            case "hang" -> noAnswer();
            default -> slow;
        };
    }

    private static void compare(List<String> names) throws Exception {
        for (var kind : List.of("plain", "tls")) {
            var server = spawn("serve", kind);
            try (var out = server.inputReader()) {
                var url = out.readLine();
                for (var name : names) {
                    System.out.println(kind + " " + name + " " + line(spawn("warm", name, url)));
                    System.out.println(kind + " " + name + " " + colds(name, url));
                }
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    private static String line(Process process) throws Exception {
        try (var out = process.inputReader()) {
            var line = out.readLine();
            process.waitFor();
            return line == null ? "failed" : line;
        }
    }

    private static String colds(String name, String url) throws Exception {
        var first = new ArrayList<Double>();
        var exit = new ArrayList<Double>();
        for (int i = 0; i < COLD_RUNS; i++) {
            long begin = System.nanoTime();
            var process = spawn("cold", name, url);
            try (var out = process.inputReader()) {
                out.readLine();
                long said = System.nanoTime();
                process.waitFor();
                first.add((said - begin) / 1e6);
                exit.add((System.nanoTime() - said) / 1e6);
            }
        }
        return String.format(
                Locale.ROOT, "cold_first_ms=%.0f exit_after_ms=%.0f", median(first), median(exit));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Process spawn(String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.add(TransportBench.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
