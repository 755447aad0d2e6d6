package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.message.StopReason;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Outcome;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A summary that somebody asked for and waits for, on its way through the session's thread.
final class Compacting {
    final Waiting waiting;
    private final String focus;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Event.@Nullable Compacted compacted;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean interrupted;

    Compacting(String focus, Waiting waiting) {
        this.focus = focus;
        this.waiting = waiting;
    }

    Outcome run(TurnEngine engine) {
        try {
            compacted = engine.compact(focus, waiting);
            return new Outcome.Completed("", StopReason.END_TURN);
        } catch (InterruptedException e) {
            interrupted = true;
            return new Outcome.Interrupted("user");
        } catch (BowlineException e) {
            failure = e;
            return new Outcome.Failed(e.code().wire(), String.valueOf(e.getMessage()), 0);
        } catch (RuntimeException e) {
            failure = e;
            return new Outcome.Failed(ErrorCode.INTERNAL.wire(), String.valueOf(e), 0);
        }
    }

    void done() {
        over.countDown();
    }

    /// Waits for the end; `stop` is called if this thread is interrupted meanwhile.
    Event.Compacted result(Runnable stop) throws InterruptedException {
        try {
            over.await();
        } catch (InterruptedException e) {
            stop.run();
            throw e;
        }
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
        var done = compacted;
        if (done == null || interrupted) {
            throw new BowlineException(
                    ErrorCode.COMPACTION_FAILED,
                    "the summary was interrupted; nothing has changed");
        }
        return done;
    }
}
