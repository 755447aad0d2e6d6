package dev.bowline.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A stream that many threads write whole pieces to: pieces never mix, each is flushed, text is
/// UTF-8. When the reader is gone, [#broken()] says so and everything more is dropped.
public final class Lines {
    private static final long FINISH_MS = 500;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean broken;
    private volatile boolean silent;
    private volatile Runnable whenBroken = () -> {};

    public Lines(OutputStream out) {
        this.out = out;
    }

    /// What to do, once, when the reader is gone.
    public void whenBroken(Runnable action) {
        whenBroken = action;
    }

    public boolean broken() {
        return broken;
    }

    /// Nothing more is written from here on; what is being written may be finished first, unless
    /// the reader takes too long over it.
    public void silence() {
        silent = true;
        try {
            if (lock.tryLock(FINISH_MS, TimeUnit.MILLISECONDS)) {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void line(String text) {
        write(text + "\n");
    }

    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The bytes and nothing more.
    public void write(byte[] bytes) {
        boolean breaks = false;
        lock.lock();
        try {
            if (!broken && !silent) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            breaks = true;
            broken = true;
        } finally {
            lock.unlock();
        }
        if (breaks) {
            whenBroken.run();
        }
    }
}
