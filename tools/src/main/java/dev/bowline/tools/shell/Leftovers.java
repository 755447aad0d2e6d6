package dev.bowline.tools.shell;

import dev.bowline.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Processes that commands left behind. They may live until the session ends, but not flood the
/// disk: while there are any, the files they may write to are looked at, and all of them are ended
/// when one grows past its limit.
final class Leftovers {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int ROUNDS = 20;
    private static final int MAX_FILES = 64;

    private final String mark;
    private final Deque<Path> outputs = new ArrayDeque<>();
    private boolean watching;
    private boolean over;

    Leftovers(String mark) {
        this.mark = mark;
    }

    /// A command is over whose children may still write to these files.
    synchronized void watch(List<Path> files, TimeSource time) {
        outputs.addAll(files);
        while (outputs.size() > MAX_FILES) {
            outputs.removeFirst();
        }
        if (!watching && !over) {
            watching = true;
            Thread.ofVirtual().name("bowline-leftovers").start(() -> run(time));
        }
    }

    private void run(TimeSource time) {
        try {
            do {
                time.sleep(STEP);
            } while (anythingLeft());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean anythingLeft() {
        if (outputs.stream().anyMatch(file -> RunningCommand.size(file) > Bash.MAX_OUTPUT_BYTES)) {
            ProcessTree.marked(mark).forEach(ProcessHandle::destroyForcibly);
        }
        boolean left = !over && !ProcessTree.marked(mark).isEmpty();
        if (!left) {
            outputs.clear();
            watching = false;
        }
        return left;
    }

    /// Ends them all.
    void end() {
        synchronized (this) {
            over = true;
        }
        boolean interrupted = Thread.interrupted();
        for (int round = 0; round < ROUNDS; round++) {
            var left = ProcessTree.marked(mark);
            if (left.isEmpty()) {
                break;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            try {
                RunningCommand.waitFor(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
