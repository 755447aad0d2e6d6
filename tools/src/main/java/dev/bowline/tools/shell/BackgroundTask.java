package dev.bowline.tools.shell;

import dev.bowline.message.Task;
import dev.bowline.tool.Tasks;
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

    /// How long whoever stops a task waits until its end is known.
    private static final Duration TOLD = Duration.ofSeconds(3);

    private final Task about;
    private final String command;
    private final RunningCommand running;
    private final Duration life;
    private final LongSupplier nanos;
    private final long started;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Status status = Status.RUNNING;
    private volatile @Nullable String reason;
    private volatile boolean stopped;
    private volatile boolean known;

    BackgroundTask(
            Task about, String command, RunningCommand running, Duration life, LongSupplier nanos) {
        this.about = about;
        this.command = command;
        this.running = running;
        this.life = life;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    /// Watches the task to its end, tells of it, then runs `after`.
    void watch(Tasks tasks, Runnable after) {
        Thread.ofVirtual()
                .name("bowline-task-" + about.id())
                .start(() -> {
                    try {
                        run();
                        tasks.ended(about.id(), ending(), summary(), known);
                    } finally {
                        done.countDown();
                        after.run();
                    }
                });
    }

    private Task.Ending ending() {
        return stopped
                ? Task.Ending.STOPPED
                : status == Status.COMPLETED ? Task.Ending.COMPLETED : Task.Ending.FAILED;
    }

    private String summary() {
        var what = "Background command \"" + about.description() + "\"";
        return reason != null
                ? what + " was stopped: " + reason
                : status == Status.COMPLETED
                        ? what + " completed (exit code 0)"
                        : what + " failed with exit code " + running.exitCode();
    }

    private void run() {
        try {
            while (!running.await(STEP)) {
                if (nanos.getAsLong() - started > life.toNanos()) {
                    end("its time of " + life.toSeconds() + " s was over");
                } else if (running.outputSize() > Bash.MAX_OUTPUT_BYTES) {
                    end("it wrote more than " + Bash.MAX_OUTPUT_BYTES + " bytes");
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
        }
    }

    /// Ends the task with all its processes and waits until that has been told; nothing happens
    /// when it is already over. `known` tells that the model has asked for it.
    void stop(String why, boolean known) {
        if (status == Status.RUNNING && running.isAlive()) {
            this.known = known;
            stopped = true;
            end(why);
        }
        boolean interrupted = Thread.interrupted();
        try {
            await(TOLD);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String why) {
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
        return about.id();
    }

    String description() {
        return about.description();
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
        return running.files().output();
    }

    RunningCommand running() {
        return running;
    }
}
