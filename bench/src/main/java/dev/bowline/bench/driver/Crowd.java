package dev.bowline.bench.driver;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Runs the same job many times at once, each on a virtual thread.
final class Crowd {
    private Crowd() {}

    interface Job {
        void run(int index) throws Exception;
    }

    /// Waits for all of them.
    ///
    /// @throws IllegalStateException with the first failure as its cause
    static void run(int size, Job job) throws InterruptedException {
        var failures = new ConcurrentLinkedQueue<Exception>();
        var threads = new ArrayList<Thread>(size);
        for (int i = 0; i < size; i++) {
            int index = i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    job.run(index);
                                } catch (Exception e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    failures.size() + " of " + size + " failed", failures.peek());
        }
    }
}
