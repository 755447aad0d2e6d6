package dev.bowline.bench.transport;

import com.sun.management.OperatingSystemMXBean;
import dev.bowline.anthropic.http.Bytes;
import dev.bowline.anthropic.http.Call;
import dev.bowline.anthropic.http.Transport;
import dev.bowline.anthropic.wire.MessageBuilder;
import dev.bowline.anthropic.wire.RequestWriter;
import dev.bowline.anthropic.wire.SseReader;
import dev.bowline.anthropic.wire.StreamDecoder;
import dev.bowline.message.Message;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.ModelRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One candidate against one server, in a process of its own. Prints one line of `name=value`.
final class Measure {
    private static final String HEADERS =
            "x-api-key: k\r\nanthropic-version: 2023-06-01\r\ncontent-type: application/json\r\n";
    private static final OperatingSystemMXBean OS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Transport transport;

    Measure(Transport transport) {
        this.transport = transport;
    }

    private static Call call(String what) {
        var request = ModelRequest.of("m", List.of(Message.user(what)));
        Bytes body = RequestWriter.message(request, 1000, true, true);
        return new Call("POST", "/v1/messages", HEADERS, body);
    }

    private void stream(Call call, Consumer<? super StreamEvent> events)
            throws IOException, InterruptedException {
        try (var answer = transport.send(call)) {
            if (answer.status() != 200) {
                throw new IOException("HTTP " + answer.status());
            }
            var message = new MessageBuilder(null);
            var decoder = new StreamDecoder(message);
            var reader = new SseReader(answer, 1 << 20);
            while (!message.stopped()) {
                if (!reader.next()) {
                    throw new IOException("the stream ended early");
                }
                decoder.event(reader.bytes(), reader.from(), reader.to(), events);
            }
            answer.done();
        }
    }

    /// Time to the first event since the JVM began is what the parent wants; it reads the clock
    /// itself.
    void cold() throws Exception {
        var said = new boolean[1];
        stream(
                call("deltas=20"),
                event -> {
                    if (!said[0]) {
                        said[0] = true;
                        System.out.println("first");
                    }
                });
        transport.close();
    }

    void warm() throws Exception {
        turns(3_000);
        double[] turn = turns(3_000);
        deltas(2);
        double[] delta = deltas(3);
        crowd();
        double[] crowd = crowd();
        System.out.printf(
                Locale.ROOT,
                "turn_us=%.0f turn_cpu_us=%.0f deltas_s=%.0f delta_cpu_us=%.2f crowd_ms=%.0f"
                        + " crowd_cpu_ms=%.0f crowd_failed=%.0f peak_mb=%d interrupt_platform=%s"
                        + " interrupt_virtual=%s%n",
                turn[0],
                turn[1],
                delta[0],
                delta[1],
                crowd[0],
                crowd[1],
                crowd[2],
                peak(),
                interrupt(false),
                interrupt(true));
        System.out.flush();
    }

    private double[] turns(int count) throws Exception {
        var call = call("deltas=20");
        long cpu = OS.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            stream(call, event -> {});
        }
        double wall = System.nanoTime() - begin;
        return new double[] {wall / count / 1e3, (OS.getProcessCpuTime() - cpu) / 1e3 / count};
    }

    private double[] deltas(int streams) throws Exception {
        var call = call("deltas=100000");
        var heard = new AtomicLong();
        long cpu = OS.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            stream(call, event -> heard.incrementAndGet());
        }
        double wall = System.nanoTime() - begin;
        double used = OS.getProcessCpuTime() - cpu;
        return new double[] {heard.get() / (wall / 1e9), used / 1e3 / heard.get()};
    }

    private double[] crowd() throws Exception {
        var call = call("deltas=100 slow");
        int failed = 0;
        long cpu = OS.getProcessCpuTime();
        long begin = System.nanoTime();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 1000; i++) {
                all.add(
                        executor.submit(() -> {
                            stream(call, event -> {});
                            return null;
                        }));
            }
            for (var one : all) {
                try {
                    one.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    if (failed++ == 0) {
                        System.err.println("first failure: " + e.getCause());
                    }
                }
            }
        }
        double wall = System.nanoTime() - begin;
        return new double[] {wall / 1e6, (OS.getProcessCpuTime() - cpu) / 1e6, failed};
    }

    private static long peak() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
            }
        }
        return -1;
    }

    /// Milliseconds from the interrupt to the end of a call that waits for its first byte.
    private String interrupt(boolean virtual) throws Exception {
        var call = call("hang");
        var begun = new CountDownLatch(1);
        Runnable work =
                () -> {
                    begun.countDown();
                    try {
                        stream(call, event -> {});
                    } catch (IOException | RuntimeException | InterruptedException e) {
                        // the end is what is measured
                    }
                };
        var thread =
                virtual
                        ? Thread.ofVirtual().unstarted(work)
                        : Thread.ofPlatform().daemon().unstarted(work);
        thread.start();
        begun.await();
        thread.join(java.time.Duration.ofMillis(300));
        long begin = System.nanoTime();
        thread.interrupt();
        return thread.join(java.time.Duration.ofSeconds(2))
                ? (System.nanoTime() - begin) / 1_000_000 + "ms"
                : "no";
    }
}
