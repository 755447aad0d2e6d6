package dev.bowline.tools.shell;

import dev.bowline.message.Task;
import dev.bowline.tool.Tasks;
import dev.bowline.tool.ToolContext;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits for a command and watches its time and output. One that takes long is announced as a task,
/// so that it can be stopped or moved to the background.
final class ForegroundRun implements Tasks.Control {
    enum End {
        FINISHED,
        TIMED_OUT,
        /// Somebody wants the conversation to go on.
        MOVED,
        FLOODED
    }

    /// How often output is measured: what a flooding command can write in that time is the
    /// overshoot.
    private static final Duration STEP = Duration.ofMillis(50);

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    /// A command that takes longer is announced.
    private static final long LONG_NANOS = Duration.ofSeconds(3).toNanos();

    private final Task about;
    private final RunningCommand running;
    private final ToolContext context;
    private final Duration limit;
    private boolean announced;
    private volatile boolean moving;

    ForegroundRun(Task about, RunningCommand running, ToolContext context, Duration limit) {
        this.about = about;
        this.running = running;
        this.context = context;
        this.limit = limit;
    }

    @Override
    public void stop(String why) {
        running.end(Shells.GRACE);
    }

    @Override
    public @Nullable Path output() {
        return null;
    }

    @Override
    public boolean toBackground() {
        moving = true;
        return true;
    }

    /// An interrupt ends the command with all it started.
    End await() throws InterruptedException {
        try {
            return watch();
        } catch (InterruptedException e) {
            running.end(Shells.GRACE);
            ended();
            throw e;
        }
    }

    /// The command is over.
    void ended() {
        if (announced) {
            var how = running.exitCode() == 0 ? Task.Ending.COMPLETED : Task.Ending.FAILED;
            context.tasks().ended(about.id(), how, about.description(), true);
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
            if (moving || now - started >= limit.toNanos()) {
                return moving ? End.MOVED : End.TIMED_OUT;
            }
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                progress(now - started, size);
            }
        }
        return running.outputSize() > Bash.MAX_OUTPUT_BYTES ? End.FLOODED : End.FINISHED;
    }

    private void progress(long nanos, long size) {
        if (!announced && nanos >= LONG_NANOS) {
            announced = true;
            context.tasks().started(about, this);
        }
        context.progress(
                "running for "
                        + Duration.ofNanos(nanos).toSeconds()
                        + " s, "
                        + size
                        + " bytes of output");
    }

    private Duration step(long started) {
        long left = limit.toNanos() - (context.time().nanos() - started);
        return Duration.ofNanos(Math.clamp(left, 1, STEP.toNanos()));
    }
}
