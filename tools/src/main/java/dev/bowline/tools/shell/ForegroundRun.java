package dev.bowline.tools.shell;

import dev.bowline.tool.ToolContext;
import java.time.Duration;

/// Waits for a command and watches its time and output.
record ForegroundRun(RunningCommand running, ToolContext context, Duration limit) {
    enum End {
        FINISHED,
        TIMED_OUT,
        FLOODED
    }

    /// How often output is measured: what a flooding command can write in that time is the
    /// overshoot.
    private static final Duration STEP = Duration.ofMillis(50);

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    /// An interrupt ends the command with all it started.
    End await() throws InterruptedException {
        try {
            return watch();
        } catch (InterruptedException e) {
            running.end(Shells.GRACE);
            throw e;
        }
    }

    private End watch() throws InterruptedException {
        long started = context.time().nanos();
        long told = started;
        while (!running.await(step(started))) {
            long now = context.time().nanos();
            long size = running.outputSize();
            if (size > Bash.MAX_OUTPUT_BYTES) {
                return End.FLOODED;
            }
            if (now - started >= limit.toNanos()) {
                return End.TIMED_OUT;
            }
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                context.progress(
                        "running for "
                                + Duration.ofNanos(now - started).toSeconds()
                                + " s, "
                                + size
                                + " bytes of output");
            }
        }
        return running.outputSize() > Bash.MAX_OUTPUT_BYTES ? End.FLOODED : End.FINISHED;
    }

    private Duration step(long started) {
        long left = limit.toNanos() - (context.time().nanos() - started);
        return Duration.ofNanos(Math.clamp(left, 1, STEP.toNanos()));
    }
}
