package dev.bowline.bench.driver;

import dev.bowline.Bowline;
import java.io.IOException;
import java.nio.file.Path;

/// Bowline as a peer of the side-by-side benchmark: `Driver MODE key=value...`, started by
/// `bench/driver`. Besides the protocol's keys, `store=disk` and
/// `durability=process|periodic|always` keep the sessions of any mode on disk, and `tool=bash`
/// calls the Bash tool.
public final class Driver {
    private Driver() {}

    /// Runs one mode and ends the process: 0, or 1 with the failure on stderr.
    public static void main(String[] words) {
        int status = 1;
        try {
            var arguments = Arguments.parse(words);
            if (arguments.mode().equals("version")) {
                version(new Lines());
            } else {
                run(arguments, Service.of(System.getenv()), new Lines());
            }
            status = 0;
        } catch (InterruptedException | IOException | RuntimeException e) {
            e.printStackTrace();
        }
        System.exit(status);
    }

    private static void version(Lines lines) {
        lines.say("json", "{\"version\":\"" + Bowline.VERSION + "\",\"streams\":true}");
    }

    static void run(Arguments arguments, Service service, Lines lines)
            throws InterruptedException, IOException {
        switch (arguments.mode()) {
            case "mkstore", "resume" -> {
                var stored =
                        new StoredSession(
                                service, Path.of(arguments.required("file")), arguments, lines);
                if (arguments.mode().equals("mkstore")) {
                    stored.make();
                } else {
                    stored.resume();
                }
            }
            default -> {
                try (var stores = Stores.of(arguments);
                        var subject =
                                new Subject(service, stores.store(), Calls.tools(arguments))) {
                    measure(subject, arguments, lines);
                }
            }
        }
    }

    private static void measure(Subject subject, Arguments arguments, Lines lines)
            throws InterruptedException, IOException {
        var single = new SingleSession(subject, arguments, lines);
        var many = new ManySessions(subject, arguments, lines);
        switch (arguments.mode()) {
            case "oneshot" -> single.oneshot();
            case "turns" -> single.turns();
            case "tools" -> single.tools();
            case "stream" -> single.stream();
            case "idle" -> many.idle();
            case "load" -> many.load();
            default -> throw new IllegalArgumentException("unknown mode " + arguments.mode());
        }
    }
}
