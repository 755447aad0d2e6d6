package dev.bowline.tools.web;

import dev.bowline.time.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The time that one fetch has; closes what the fetch has open when it is over.
final class FetchClock implements AutoCloseable {
    private final TimeSource time;
    private final long end;
    private final Thread watcher;
    private final List<Closeable> open = new ArrayList<>();
    private boolean over;

    FetchClock(TimeSource time, Duration total) {
        this.time = time;
        this.end = time.nanos() + total.toNanos();
        this.watcher =
                Thread.ofVirtual().name("bowline-fetch-clock").start(() -> waitAndStop(total));
    }

    private void waitAndStop(Duration total) {
        try {
            time.sleep(total);
        } catch (InterruptedException theFetchHasEnded) {
            return;
        }
        stop();
    }

    /// Closes `thing` when the time is over, which may be now.
    synchronized void closes(Closeable thing) throws IOException {
        if (over) {
            thing.close();
        }
        open.add(thing);
    }

    synchronized boolean isOver() {
        return over || time.nanos() - end >= 0;
    }

    /// What is left, at most `longest` and never 0; in milliseconds, as sockets want it.
    int millis(Duration longest) {
        long left = Math.min((end - time.nanos()) / 1_000_000, longest.toMillis());
        return Math.clamp(left, 1, Integer.MAX_VALUE);
    }

    private synchronized void stop() {
        over = true;
        for (var thing : open) {
            try {
                thing.close();
            } catch (IOException alreadyBroken) {
                // Nothing more can be closed about it.
            }
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
