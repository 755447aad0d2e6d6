package dev.bowline.testkit.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A place in a reply where the server waits until the test lets it go on. Works in both
/// directions: the test can also wait until the server got there, so no test needs to sleep. Opens
/// once and stays open.
public final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /// A closed gate.
    public Gate() {}

    /// Lets the server go on, now or whenever it arrives.
    public void open() {
        opened.countDown();
    }

    /// Waits until the server stands at the gate.
    ///
    /// @throws IllegalStateException when it did not arrive in time
    public void awaitReached(Duration atMost) throws InterruptedException {
        if (!reached.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("the fake API did not reach the gate within " + atMost);
        }
    }

    /// Notes that the server arrived, and gives what it waits for.
    CountDownLatch arrive() {
        reached.countDown();
        return opened;
    }
}
