package dev.bowline;

/// Somebody follows a session. Closing it ends that; after it returns the consumer isn't called any
/// more, unless it closed it itself.
public final class Subscription implements AutoCloseable {
    private final Thread thread;

    Subscription(Thread thread) {
        this.thread = thread;
    }

    /// Waits until the session is closed and everything was delivered.
    public void await() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
