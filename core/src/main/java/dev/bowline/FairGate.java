package dev.bowline;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a bounded number in at once. Those who wait go in one per user in turn, and in order for
/// each user.
final class FairGate {
    private final int places;
    private final int maxWaiting;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Ticket>> queues = new LinkedHashMap<>();
    private int inside;
    private int waiting;

    FairGate(int places, int maxWaiting, Duration patience) {
        this.places = places;
        this.maxWaiting = maxWaiting;
        this.patience = patience;
    }

    private static final class Ticket {
        private final Condition called;
        private boolean admitted;

        Ticket(Condition called) {
            this.called = called;
        }
    }

    void enter(String user) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (inside < places && waiting == 0) {
                inside++;
                return;
            }
            if (waiting >= maxWaiting) {
                throw new BowlineException(
                        ErrorCode.POOL_FULL,
                        waiting
                                + " requests already wait for one of "
                                + places
                                + " places; try again later or raise maxWaiting");
            }
            await(user);
        } finally {
            lock.unlock();
        }
    }

    private void await(String user) throws InterruptedException {
        var ticket = new Ticket(lock.newCondition());
        queues.computeIfAbsent(user, any -> new ArrayDeque<>()).add(ticket);
        waiting++;
        try {
            long left = patience.toNanos();
            while (!ticket.admitted && left > 0) {
                left = ticket.called.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (ticket.admitted) {
                free();
            }
            forget(user, ticket);
            throw e;
        }
        if (!ticket.admitted) {
            forget(user, ticket);
            throw new BowlineException(
                    ErrorCode.POOL_FULL,
                    "no place came free within "
                            + patience.toSeconds()
                            + " s for user "
                            + user
                            + "; try again later or raise maxRunning");
        }
    }

    private void forget(String user, Ticket ticket) {
        var queue = queues.get(user);
        if (queue != null && queue.remove(ticket)) {
            waiting--;
            if (queue.isEmpty()) {
                queues.remove(user);
            }
        }
    }

    void leave() {
        lock.lock();
        try {
            free();
        } finally {
            lock.unlock();
        }
    }

    /// Hands the place to the next user's first ticket; that user then goes to the end of the line.
    private void free() {
        var first = queues.entrySet().iterator();
        if (!first.hasNext()) {
            inside--;
            return;
        }
        var next = first.next();
        first.remove();
        var ticket = next.getValue().remove();
        if (!next.getValue().isEmpty()) {
            queues.put(next.getKey(), next.getValue());
        }
        waiting--;
        ticket.admitted = true;
        ticket.called.signal();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
