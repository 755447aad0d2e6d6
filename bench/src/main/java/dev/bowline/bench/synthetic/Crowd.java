package dev.bowline.bench.synthetic;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.transcript.Outcome;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Sessions that are all open, and all begin each turn together.
final class Crowd {
    private final Agent agent;
    private final int size;
    private final int turns;
    private final AtomicInteger completed = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    Crowd(Agent agent, int size, int turns) {
        this.agent = agent;
        this.size = size;
        this.turns = turns;
    }

    Finding run() throws InterruptedException {
        var sessions = new Session[size];
        for (int i = 0; i < size; i++) {
            sessions[i] = agent.open();
        }
        long began = System.nanoTime();
        var done = new CountDownLatch(size);
        for (var session : sessions) {
            Thread.ofVirtual().start(() -> talk(session, done));
        }
        done.await();
        double millis = Finding.millisSince(began);
        long heap = Finding.heapMiB();
        for (var session : sessions) {
            session.close();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    failures.size() + " turns failed, the first as " + failures.peek());
        }
        return Finding.of(
                "sessions at once",
                "%,d with %d turns each: %,d turns in %.1f s, %,.0f a second; heap %d MiB with all open, limit %d MiB",
                size,
                turns,
                completed.get(),
                millis / 1e3,
                completed.get() / millis * 1e3,
                heap,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private void talk(Session session, CountDownLatch done) {
        try {
            for (int i = 0; i < turns; i++) {
                var outcome = session.prompt("question " + i).await();
                if (outcome instanceof Outcome.Completed) {
                    completed.incrementAndGet();
                } else {
                    failures.add(outcome.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add("interrupted");
        } catch (RuntimeException e) {
            failures.add(e.toString());
        } finally {
            done.countDown();
        }
    }
}
