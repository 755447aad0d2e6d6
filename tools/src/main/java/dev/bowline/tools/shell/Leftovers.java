package dev.bowline.tools.shell;

import dev.bowline.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Processes that commands left behind. They may live until the session ends, but not flood the
/// disk: while there are any, their output files are measured through `/proc`, which also sees
/// files that have no name any more, and a process whose output grew past the limit is ended.
final class Leftovers {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int ROUNDS = 20;

    private final String mark;
    private final Path outputs;
    private boolean watching;
    private boolean again;
    private boolean over;

    /// @param mark what the marks of the session's processes begin with
    /// @param outputs the folder of their output files
    Leftovers(String mark, Path outputs) {
        this.mark = mark;
        this.outputs = outputs;
    }

    /// A command is over; what it left is looked after from now on.
    synchronized void watch(TimeSource time) {
        again = true;
        if (!watching && !over) {
            watching = true;
            Thread.ofVirtual().name("bowline-leftovers").start(() -> run(time));
        }
    }

    private void run(TimeSource time) {
        try {
            do {
                time.sleep(STEP);
            } while (goOn());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean goOn() {
        synchronized (this) {
            again = false;
        }
        var left = ProcessTree.marked(mark);
        left.stream().filter(this::floods).forEach(ProcessHandle::destroyForcibly);
        synchronized (this) {
            watching = !over && (again || !left.isEmpty());
            return watching;
        }
    }

    private boolean floods(ProcessHandle process) {
        return List.of("1", "2").stream()
                .map(descriptor -> Path.of("/proc", "" + process.pid(), "fd", descriptor))
                .anyMatch(this::isTooLarge);
    }

    private boolean isTooLarge(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(outputs)
                    && Files.size(descriptor) > Bash.MAX_OUTPUT_BYTES;
        } catch (IOException gone) {
            return false;
        }
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
