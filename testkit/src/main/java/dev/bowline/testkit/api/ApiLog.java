package dev.bowline.testkit.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// What a fake API saw: requests, broken rules, failures of the script, and counts. One lock guards
/// all of it; nothing is called back under it. At most 10,000 violations and failures are kept, and
/// 64 MiB of request bodies.
public final class ApiLog {
    private static final int KEPT = 10_000;
    private static final long KEPT_BYTES = 64L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int keptRequests;
    private final Deque<FakeRequest> requests = new ArrayDeque<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long keptBytes;
    private long count;
    private long served;
    private long abandoned;
    private int inFlight;
    private int mostConcurrent;

    ApiLog(int keptRequests) {
        this.keptRequests = keptRequests;
    }

    void arrived(FakeRequest request) {
        lock.lock();
        try {
            count++;
            mostConcurrent = Math.max(mostConcurrent, ++inFlight);
            requests.add(request);
            keptBytes += request.bodyBytes();
            while (requests.size() > keptRequests
                    || (keptBytes > KEPT_BYTES && requests.size() > 1)) {
                keptBytes -= requests.remove().bodyBytes();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void left(boolean complete) {
        lock.lock();
        try {
            inFlight--;
            if (complete) {
                served++;
            } else {
                abandoned++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void violated(List<Violation> found) {
        lock.lock();
        try {
            found.stream().limit(KEPT - Math.min(KEPT, violations.size())).forEach(violations::add);
        } finally {
            lock.unlock();
        }
    }

    void failed(String why) {
        lock.lock();
        try {
            if (failures.size() < KEPT) {
                failures.add(why);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The requests in order of arrival, as far as they were kept.
    public List<FakeRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /// The rules that were broken, in order.
    public List<Violation> violations() {
        lock.lock();
        try {
            return List.copyOf(violations);
        } finally {
            lock.unlock();
        }
    }

    /// Requests that the script had no reply for, as sentences.
    public List<String> failures() {
        lock.lock();
        try {
            return List.copyOf(failures);
        } finally {
            lock.unlock();
        }
    }

    /// All requests so far, kept or not.
    public long requestCount() {
        return number(() -> count);
    }

    /// Requests whose answer was given as the script wanted, faults included. Counted right before
    /// the client can see the answer's end, so that a client that has it finds it counted.
    public long served() {
        return number(() -> served);
    }

    /// Requests whose client left before the answer was complete.
    public long abandoned() {
        return number(() -> abandoned);
    }

    /// Requests being answered now.
    public int inFlight() {
        return (int) number(() -> inFlight);
    }

    /// The most requests that were being answered at one time.
    public int mostConcurrent() {
        return (int) number(() -> mostConcurrent);
    }

    private long number(java.util.function.LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that many requests came in.
    ///
    /// @throws IllegalStateException when they did not come in time
    public void awaitRequests(long wanted, Duration atMost) throws InterruptedException {
        await(() -> count >= wanted, atMost, wanted + " requests");
    }

    /// Waits until that many requests are being answered at the same time.
    ///
    /// @throws IllegalStateException when it did not happen in time
    public void awaitInFlight(int wanted, Duration atMost) throws InterruptedException {
        await(() -> inFlight >= wanted, atMost, wanted + " requests at a time");
    }

    /// Waits until that many clients left early.
    ///
    /// @throws IllegalStateException when they did not leave in time
    public void awaitAbandoned(long wanted, Duration atMost) throws InterruptedException {
        await(() -> abandoned >= wanted, atMost, wanted + " abandoned requests");
    }

    private void await(BooleanSupplier condition, Duration atMost, String what)
            throws InterruptedException {
        var left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new IllegalStateException(
                            "the fake API did not see "
                                    + what
                                    + " within "
                                    + atMost
                                    + "; it saw "
                                    + count
                                    + " requests, "
                                    + inFlight
                                    + " in flight, "
                                    + abandoned
                                    + " abandoned");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
