package dev.bowline.transcript.disk;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Flushes files in the background, one thread for all of them, started when there is something to
/// flush. A file is flushed at most [#DELAY] milliseconds after [#soon], unless the disk is slower.
public final class Flusher implements AutoCloseable {
    /// Leaves time for the flush itself within 250 ms.
    static final long DELAY = 200;

    private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /// Runs `flush` soon, once for each call.
    public void soon(Runnable flush) {
        waiting.add(flush);
        start();
    }

    private synchronized void start() {
        if (thread == null && closed.getCount() > 0) {
            thread = Thread.ofPlatform().daemon().name("bowline-flush").start(this::run);
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                var first = waiting.take();
                closed.await(DELAY, TimeUnit.MILLISECONDS);
                first.run();
                drain();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /// Flushes what waits, and returns when that is done.
    @Override
    public void close() {
        closed.countDown();
        waiting.add(() -> {});
        Thread running;
        synchronized (this) {
            running = thread;
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        drain();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
