package dev.bowline.anthropic.http;

import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Idle connections of one endpoint, the youngest on top. At most `size` wait, each for at most
/// `age`; a virtual thread that lives only while there are any closes the old ones.
final class Pool {
    private final int size;
    private final Duration age;
    private final TimeSource time;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private boolean sweeping;
    private boolean closed;

    Pool(int size, Duration age, TimeSource time) {
        this.size = size;
        this.age = age;
        this.time = time;
    }

    /// The connection that was used last, or null.
    @Nullable Connection take() throws InterruptedException {
        while (true) {
            Connection connection;
            synchronized (idle) {
                connection = idle.pollFirst();
            }
            if (connection == null) {
                return null;
            }
            if (time.nanos() - connection.idleSince < age.toNanos() && connection.ready()) {
                return connection;
            }
            connection.close();
        }
    }

    void put(Connection connection) {
        connection.idleSince = time.nanos();
        Connection surplus = null;
        boolean sweep = false;
        synchronized (idle) {
            if (closed) {
                surplus = connection;
            } else {
                idle.addFirst(connection);
                surplus = idle.size() > size ? idle.pollLast() : null;
                sweep = !sweeping;
                sweeping = true;
            }
        }
        if (surplus != null) {
            surplus.close();
        }
        if (sweep) {
            Thread.ofVirtual().name("bowline-idle-connections").start(this::sweep);
        }
    }

    int idle() {
        synchronized (idle) {
            return idle.size();
        }
    }

    private void sweep() {
        try {
            do {
                time.sleep(age);
            } while (swept());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean swept() {
        List<Connection> old = new ArrayList<>();
        boolean more;
        synchronized (idle) {
            long now = time.nanos();
            var eldest = idle.peekLast();
            while (eldest != null && now - eldest.idleSince >= age.toNanos()) {
                old.add(idle.removeLast());
                eldest = idle.peekLast();
            }
            more = !idle.isEmpty();
            sweeping = more;
        }
        old.forEach(Connection::close);
        return more;
    }

    void close() {
        List<Connection> all;
        synchronized (idle) {
            closed = true;
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(Connection::close);
    }
}
