package dev.bowline.bench.driver;

import dev.bowline.Session;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The modes with many sessions in one process: memory of idle ones, and turns per second.
final class ManySessions {
    private static final int TURNS_PER_SESSION = 10;

    private final Subject subject;
    private final Arguments arguments;
    private final Lines lines;

    ManySessions(Subject subject, Arguments arguments, Lines lines) {
        this.subject = subject;
        this.arguments = arguments;
        this.lines = lines;
    }

    /// Opens n sessions of one turn each and holds them; then all stream slowly.
    void idle() throws InterruptedException, IOException {
        int count = arguments.number("n", 1);
        try (var first = subject.open()) {
            Subject.turn(first, "hello [[scenario:text n=5 bytes=20]]");
        }
        lines.say("base", heap());
        lines.await();
        var sessions = new Session[count];
        Crowd.run(
                count,
                i -> {
                    sessions[i] = subject.open();
                    Subject.turn(sessions[i], "hello [[scenario:text n=5 bytes=20]]");
                });
        lines.say("ready", heap());
        lines.await();
        int delay = arguments.number("delay", 50);
        lines.say("active");
        Crowd.run(
                count,
                i ->
                        Subject.turn(
                                sessions[i],
                                "stream [[scenario:text n=100 bytes=20 delay=" + delay + "]]"));
        lines.say("done", heap());
        lines.await();
        for (var session : sessions) {
            session.close();
        }
    }

    private static String heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        var runtime = Runtime.getRuntime();
        double used = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        return "{\"heap_mb\":" + Math.round(used * 10) / 10.0 + "}";
    }

    /// `c` sessions at once run turns back to back; each starts anew after `per` turns.
    void load() throws InterruptedException {
        var load = new Load();
        var clock = Thread.ofPlatform().start(load::announce);
        Crowd.run(arguments.number("c", 1), i -> load.run());
        clock.join();
        load.report();
    }

    private final class Load {
        private final int per = arguments.number("per", TURNS_PER_SESSION);
        private final int secs = arguments.number("secs", 5);
        private final long start =
                System.nanoTime() + TimeUnit.SECONDS.toNanos(arguments.number("warm", 2));
        private final long end = start + TimeUnit.SECONDS.toNanos(secs);
        private final String prompt = prompt();
        private final LongAdder errors = new LongAdder();
        private final ConcurrentLinkedQueue<Integer> micros = new ConcurrentLinkedQueue<>();
        private final AtomicReference<@Nullable Exception> firstError = new AtomicReference<>();
        private final CountDownLatch never = new CountDownLatch(1);

        private String prompt() {
            int tools = arguments.number("tools", 0);
            if (tools > 0) {
                return "go [[scenario:tools k="
                        + tools
                        + " "
                        + Calls.of("noop")
                        + " n=5 bytes=20]]";
            }
            int wait = arguments.number("ttft", 0);
            return "hello [[scenario:text n="
                    + arguments.number("deltas", 20)
                    + " bytes=20"
                    + (wait > 0 ? " ttft=" + wait : "")
                    + "]]";
        }

        private void announce() {
            try {
                never.await(start - System.nanoTime(), TimeUnit.NANOSECONDS);
                lines.say("measure");
                never.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                lines.say("measured");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void run() throws InterruptedException {
            while (System.nanoTime() < end) {
                var session = subject.open();
                try {
                    for (int i = 0; i < per && System.nanoTime() < end; i++) {
                        turn(session);
                    }
                } catch (RuntimeException e) {
                    errors.increment();
                    firstError.compareAndSet(null, e);
                    never.await(20, TimeUnit.MILLISECONDS);
                } finally {
                    session.close();
                    forget(session);
                }
            }
        }

        private void turn(Session session) throws InterruptedException {
            long began = System.nanoTime();
            Subject.turn(session, prompt);
            long ended = System.nanoTime();
            if (ended >= start && ended < end) {
                micros.add((int) ((ended - began) / 1000));
            }
        }

        /// A session in memory stays until it is deleted; on disk all stay.
        private void forget(Session session) {
            if (!arguments.text("store", "memory").equals("disk")) {
                subject.store().delete(session.id());
            }
        }

        void report() {
            var error = firstError.get();
            if (error != null) {
                System.err.println("the first error: " + error);
            }
            int[] sorted = micros.stream().mapToInt(Integer::intValue).sorted().toArray();
            lines.say(
                    "json",
                    "{\"turns\":" + sorted.length + ",\"errors\":" + errors + ",\"secs\":" + secs,
                    ",\"turns_per_s\":" + Lines.number(sorted.length / (double) secs),
                    ",\"p50_ms\":" + percentile(sorted, 50),
                    ",\"p99_ms\":" + percentile(sorted, 99) + "}");
        }

        private static String percentile(int[] sorted, int percent) {
            int index = (int) Math.min(sorted.length - 1L, sorted.length * (long) percent / 100);
            return Lines.number(sorted.length == 0 ? 0 : sorted[index] / 1e3);
        }
    }
}
