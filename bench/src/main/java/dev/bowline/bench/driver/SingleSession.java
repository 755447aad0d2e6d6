package dev.bowline.bench.driver;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// The modes that look at one session at a time: one shot, warm turns, tool calls, streaming.
final class SingleSession {
    private static final int FRESH_AFTER = 40;
    private static final long LINGER_MS = 150;

    private final Subject subject;
    private final Arguments arguments;
    private final Lines lines;

    SingleSession(Subject subject, Arguments arguments, Lines lines) {
        this.subject = subject;
        this.arguments = arguments;
        this.lines = lines;
    }

    /// `@first` at the first text, `@result` at the end; the caller then has 150 ms to read this
    /// process's CPU time.
    void oneshot() throws InterruptedException {
        try (var session = subject.open()) {
            var first = new AtomicBoolean();
            Subject.turn(
                    session,
                    "hello [[scenario:text n=5 bytes=20]]",
                    text -> {
                        if (first.compareAndSet(false, true)) {
                            lines.say("first");
                        }
                    });
            lines.say("result");
            linger();
        }
    }

    static void linger() throws InterruptedException {
        Thread.sleep(LINGER_MS);
    }

    /// One text turn after another. Warming up uses sessions of 40 turns, so that the measured one
    /// starts with no history.
    void turns() throws InterruptedException {
        int count = arguments.number("n", 20);
        int warm = arguments.number("warm", 3);
        var id = arguments.text("id", "turns");
        var millis = new double[count];
        var session = subject.open();
        for (int i = -warm; i < count; i++) {
            if (i == 0 || i < 0 && i > -warm && (i + warm) % FRESH_AFTER == 0) {
                session.close();
                session = subject.open();
            }
            long began = System.nanoTime();
            Subject.turn(session, "hello " + i + " [[scenario:text n=5 bytes=20 id=" + id + "]]");
            if (i >= 0) {
                millis[i] = millis(began);
            }
        }
        session.close();
        lines.say("json", "{\"turn_ms\":", Lines.array(millis), "}");
    }

    static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    /// Turns of `k` sequential tool calls; the server measures the gaps.
    void tools() throws InterruptedException {
        int calls = arguments.number("k", 20);
        int repetitions = arguments.number("reps", 5);
        var id = arguments.text("id", "tools");
        var call = Calls.of(arguments.text("tool", "noop"));
        var millis = new double[repetitions];
        for (int i = -arguments.number("warm", 1); i < repetitions; i++) {
            try (var session = subject.open()) {
                var marker = i < 0 ? "warm" : id + i;
                long began = System.nanoTime();
                Subject.turn(
                        session,
                        "go [[scenario:tools k="
                                + calls
                                + " "
                                + call
                                + " n=5 bytes=20 id="
                                + marker
                                + "]]");
                if (i >= 0) {
                    millis[i] = millis(began);
                }
            }
        }
        lines.say("json", "{\"turn_ms\":", Lines.array(millis), ",\"k\":" + calls + "}");
    }

    /// Deltas a second, or with a delay between them how late each one is: the server stamps them
    /// with the monotonic clock.
    void stream() throws InterruptedException {
        int deltas = arguments.number("n", 200);
        int delay = arguments.number("delay", 5);
        int repetitions = arguments.number("reps", 3);
        var prompt =
                "go [[scenario:text n="
                        + deltas
                        + " bytes="
                        + arguments.number("bytes", 40)
                        + (delay > 0 ? " stamp=1 delay=" + delay : "")
                        + "]]";
        var rates = new double[repetitions];
        var lateness = new ArrayList<Double>();
        int heard = 0;
        for (int i = -1; i < repetitions; i++) {
            var ear = new Ear(delay > 0 && i >= 0);
            try (var session = subject.open()) {
                long began = System.nanoTime();
                Subject.turn(session, prompt, ear::hear);
                if (i >= 0) {
                    rates[i] = deltas / ((System.nanoTime() - began) / 1e9);
                }
            }
            heard = ear.heard;
            lateness.addAll(ear.micros);
        }
        lines.say(
                "json",
                "{\"deltas_per_s\":",
                Lines.array(rates),
                ",\"callbacks\":" + heard + ",\"latency_us\":",
                Lines.array(lateness),
                "}");
    }

    /// Counts deltas, and reads their stamps: `@NANOSECONDS@` at the start.
    private static final class Ear {
        private final boolean stamped;
        private final ArrayList<Double> micros = new ArrayList<>();
        private int heard;

        Ear(boolean stamped) {
            this.stamped = stamped;
        }

        void hear(String text) {
            long now = System.nanoTime();
            heard++;
            int end = text.indexOf('@', 1);
            if (stamped && text.startsWith("@") && end > 0) {
                micros.add((now - Long.parseLong(text, 1, end, 10)) / 1e3);
            }
        }
    }
}
