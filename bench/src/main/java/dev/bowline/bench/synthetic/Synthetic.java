package dev.bowline.bench.synthetic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the cases one after another and prints a line for each: `Synthetic [full|quick]`. The
/// service runs in a process of its own, which this one starts as `Synthetic serve` and ends.
public final class Synthetic {
    private Synthetic() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args.length == 0 ? "full" : args[0]) {
            case "serve" -> serve();
            case "full" -> run(Sizes.FULL);
            case "quick" -> run(Sizes.QUICK);
            default ->
                    throw new IllegalArgumentException(
                            "unknown word " + args[0] + "; use full or quick");
        }
    }

    /// Serves until its input ends.
    private static void serve() throws IOException {
        try (var api = Answers.start()) {
            System.out.println(api.baseUrl());
            System.in.readAllBytes();
        }
    }

    private static void run(Sizes sizes) throws IOException, InterruptedException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var server =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Synthetic.class.getName(),
                                        "serve"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            var cases = new Cases(lines.readLine(), sizes);
            System.out.println(cases.crowd());
            cases.pathological().forEach(System.out::println);
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }
}
