package dev.bowline.tools.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A command that runs beside the conversation. Its watcher ends it when its life or its output is
/// used up.
final class BackgroundTask {
    enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        KILLED
    }

    private static final Duration STEP = Duration.ofMillis(50);

    private final String id;
    private final String command;
    private final RunningCommand running;
    private final Duration life;
    private final LongSupplier nanos;
    private final long started;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Status status = Status.RUNNING;
    private volatile @Nullable String reason;

    BackgroundTask(
            String id, String command, RunningCommand running, Duration life, LongSupplier nanos) {
        this.id = id;
        this.command = command;
        this.running = running;
        this.life = life;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    /// Watches the task to its end, then runs `after`.
    void watch(Runnable after) {
        Thread.ofVirtual()
                .name("bowline-task-" + id)
                .start(() -> {
                    run();
                    after.run();
                });
    }

    private void run() {
        try {
            while (!running.await(STEP)) {
                if (nanos.getAsLong() - started > life.toNanos()) {
                    stop("its time of " + life.toSeconds() + " s was over");
                } else if (running.outputSize() > Bash.MAX_OUTPUT_BYTES) {
                    stop("it wrote more than " + Bash.MAX_OUTPUT_BYTES + " bytes");
                    running.cutTo(Bash.MAX_OUTPUT_BYTES);
                }
            }
            if (status == Status.RUNNING) {
                status = running.exitCode() == 0 ? Status.COMPLETED : Status.FAILED;
            }
        } catch (InterruptedException | IOException e) {
            reason = "watching it failed: " + e.getMessage();
            running.end(Shells.GRACE);
            status = Status.KILLED;
        } finally {
            done.countDown();
        }
    }

    /// Ends the task with all its processes; nothing happens when it is already over.
    void stop(String why) {
        if (status == Status.RUNNING && running.isAlive()) {
            reason = why;
            status = Status.KILLED;
            running.end(Shells.GRACE);
        }
    }

    /// Waits for the end; false when the time was up first.
    boolean await(Duration time) throws InterruptedException {
        return done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    String id() {
        return id;
    }

    String command() {
        return command;
    }

    Status status() {
        return status;
    }

    /// Why it was ended, or null.
    @Nullable String reason() {
        return reason;
    }

    boolean isOver() {
        return done.getCount() == 0;
    }

    /// Null while it runs.
    @Nullable Integer exitCode() {
        return running.isAlive() ? null : (Integer) running.exitCode();
    }

    Path output() {
        return running.files().stdout();
    }

    RunningCommand running() {
        return running;
    }
}
