package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Runs prepared calls, each on a virtual thread of its own, and hands their results over in the
/// order in which they come. Returns when all calls have ended or were given up.
final class ToolRunner {
    /// How long an interrupted tool may take to stop before it is left behind.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// How many calls of one reply run at the same time.
    private static final int PARALLEL = 64;

    /// How often word is given that a call still runs.
    private static final long BEAT_NANOS = Duration.ofSeconds(30).toNanos();

    record Ran(ToolResult result, long nanos) {}

    interface Finish {
        void accept(Call call, Ran ran) throws InterruptedException;
    }

    private final BiConsumer<Call, Duration> stillRunning;

    /// `stillRunning` hears of long calls, on the turn's thread.
    ToolRunner(BiConsumer<Call, Duration> stillRunning) {
        this.stillRunning = stillRunning;
    }

    private record Done(Running running, ToolResult result) {}

    private static final class Running {
        final Call call;
        final long began;
        final long deadline;
        Thread thread = Thread.currentThread();
        boolean timedOut;
        int beats;

        Running(Call call, long began) {
            this.call = call;
            this.began = began;
            var limit = call.found().timeout();
            this.deadline =
                    limit.isZero() || limit.toDays() > 365
                            ? Long.MAX_VALUE
                            : began + limit.toNanos();
        }

        long nextBeat() {
            return began + (beats + 1) * BEAT_NANOS;
        }
    }

    void run(List<Call> calls, Finish finish) throws InterruptedException {
        var done = new LinkedBlockingQueue<Done>();
        var running = new ArrayList<Running>();
        var left = new ArrayDeque<>(calls);
        try {
            while (!running.isEmpty() || !left.isEmpty()) {
                while (!left.isEmpty() && running.size() < PARALLEL) {
                    running.add(start(left.remove(), done));
                }
                var next = done.poll(untilNextDeadline(running), TimeUnit.NANOSECONDS);
                if (next == null) {
                    beat(running);
                    expire(running, finish);
                } else if (running.remove(next.running())) {
                    finish.accept(next.running().call, ran(next));
                }
            }
        } catch (InterruptedException e) {
            for (var next = done.poll(); next != null; next = done.poll()) {
                if (running.remove(next.running())) {
                    finish.accept(next.running().call, ran(next));
                }
            }
            throw e;
        } finally {
            stop(running);
        }
    }

    private static Running start(Call call, LinkedBlockingQueue<Done> done) {
        var running = new Running(call, System.nanoTime());
        running.thread =
                Thread.ofVirtual()
                        .name("tool-", 0)
                        .start(() -> done.add(new Done(running, call(call))));
        return running;
    }

    private static Ran ran(Done done) {
        long nanos = System.nanoTime() - done.running().began;
        return new Ran(
                done.running().timedOut ? timeout(done.running().call) : done.result(), nanos);
    }

    private static long untilNextDeadline(List<Running> running) {
        long now = System.nanoTime();
        long next =
                running.stream()
                        .mapToLong(one ->
                                one.deadline == Long.MAX_VALUE
                                        ? Long.MAX_VALUE
                                        : one.deadline - now)
                        .min()
                        .orElse(0);
        long beat =
                running.stream().mapToLong(one -> one.nextBeat() - now).min().orElse(BEAT_NANOS);
        return Math.min(next, beat);
    }

    private void beat(List<Running> running) {
        long now = System.nanoTime();
        for (var one : running) {
            if (one.nextBeat() <= now) {
                one.beats++;
                stillRunning.accept(one.call, Duration.ofNanos(now - one.began));
            }
        }
    }

    private static void expire(List<Running> running, Finish finish) throws InterruptedException {
        long now = System.nanoTime();
        for (var one : List.copyOf(running)) {
            if (one.deadline <= now) {
                one.timedOut = true;
                one.thread.interrupt();
                one.thread.join(GRACE);
                running.remove(one);
                finish.accept(one.call, new Ran(timeout(one.call), now - one.began));
            }
        }
    }

    /// Ends what still runs, because the turn was interrupted or recording failed.
    private static void stop(List<Running> running) {
        running.forEach(one -> one.thread.interrupt());
        boolean interrupted = false;
        for (var one : running) {
            try {
                one.thread.join(GRACE);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ToolResult call(Call call) {
        try {
            return call.found().call(call.input, call.context);
        } catch (InterruptedException e) {
            return ToolResult.failure(
                    ErrorCode.TOOL_INTERRUPTED, call.name() + " was interrupted.");
        } catch (IllegalArgumentException e) {
            return ToolResult.failure(
                    ErrorCode.TOOL_INPUT_INVALID,
                    "<tool_use_error>InputValidationError: "
                            + e.getMessage()
                            + "</tool_use_error>");
        } catch (BowlineException e) {
            return ToolResult.failure(e.code(), String.valueOf(e.getMessage()));
        } catch (Exception | Error e) {
            return crashed(call.name(), e);
        }
    }

    static ToolResult crashed(String tool, Throwable e) {
        var why =
                e.getMessage() == null
                        ? e.getClass().getSimpleName()
                        : e.getClass().getSimpleName() + ": " + e.getMessage();
        return ToolResult.failure(
                ErrorCode.TOOL_CRASHED, "The tool " + tool + " failed with " + why);
    }

    private static ToolResult timeout(Call call) {
        return ToolResult.failure(
                ErrorCode.TOOL_TIMEOUT,
                "The tool "
                        + call.name()
                        + " was stopped after "
                        + call.found().timeout().toSeconds()
                        + " s, its time limit.");
    }
}
