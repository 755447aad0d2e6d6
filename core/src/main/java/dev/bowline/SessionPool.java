package dev.bowline;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Sessions for many users: keeps them warm between uses, bounds how many work and how many are
/// open at once, and lets those who wait go in turn by user, so that one busy user doesn't keep the
/// others out. Safe for any thread.
///
/// ```java
/// try (var pool = SessionPool.of(agent, p -> p.maxRunning(64))) {
///     var text = pool.use("ann", new SessionId("ann-1"), session -> session.prompt("Hello").text());
/// }
/// ```
public final class SessionPool implements AutoCloseable {
    private final Agent agent;
    private final int maxOpen;
    private final Duration idleTimeout;
    private final TimeSource time;
    private final FairGate gate;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SessionId, Pooled> open = new LinkedHashMap<>();
    private boolean closed;

    private SessionPool(Agent agent, Options options) {
        this.agent = agent;
        this.maxOpen = options.maxOpen;
        this.idleTimeout = options.idleTimeout;
        this.time = options.time;
        this.gate = new FairGate(options.maxRunning, options.maxWaiting, options.waitTimeout);
    }

    private static final class Pooled {
        private final Session session;
        private int users;
        private long lastUsed;

        Pooled(Session session) {
            this.session = session;
        }

        /// Nobody has it, and no turn that somebody has begun still runs.
        boolean isIdle() {
            var state = session.state();
            return users == 0 && !state.turn().open() && state.queue().isEmpty();
        }
    }

    /// Everything about a pool that has a default.
    public static final class Options {
        private int maxOpen = 1_000;
        private int maxRunning = 64;
        private int maxWaiting = 1_000;
        private Duration waitTimeout = Duration.ofSeconds(60);
        private Duration idleTimeout = Duration.ofMinutes(30);
        private TimeSource time = TimeSource.system();

        private Options() {}

        /// Sessions open at once, idle ones included. Default 1,000; the idle one that was used
        /// longest ago makes room.
        public Options maxOpen(int sessions) {
            maxOpen = positive("maxOpen", sessions);
            return this;
        }

        /// Uses under way at once. Default 64.
        public Options maxRunning(int uses) {
            maxRunning = positive("maxRunning", uses);
            return this;
        }

        /// Uses that may wait. Default 1,000; more are refused at once.
        public Options maxWaiting(int uses) {
            maxWaiting = positive("maxWaiting", uses);
            return this;
        }

        /// How long a use may wait. Default 60 s.
        public Options waitTimeout(Duration limit) {
            waitTimeout = limit;
            return this;
        }

        /// How long a session stays open unused. Default 30 min.
        public Options idleTimeout(Duration limit) {
            idleTimeout = limit;
            return this;
        }

        public Options time(TimeSource source) {
            time = source;
            return this;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, and is " + value);
            }
            return value;
        }
    }

    public static SessionPool of(Agent agent, Consumer<Options> options) {
        var chosen = new Options();
        options.accept(chosen);
        return new SessionPool(agent, chosen);
    }

    /// What is done with a session.
    @FunctionalInterface
    public interface Use<T> {
        T with(Session session) throws InterruptedException;
    }

    /// Waits for a place, opens or resumes the session if it isn't warm, and lends it. Don't close
    /// it and don't keep it.
    ///
    /// @throws BowlineException `pool_full` when no place came free in time, or whatever opening
    ///   the session throws
    public <T> T use(String user, SessionId id, Use<T> use) throws InterruptedException {
        gate.enter(user);
        try {
            var pooled = borrow(id);
            try {
                return use.with(pooled.session);
            } finally {
                giveBack(pooled);
            }
        } finally {
            gate.leave();
        }
    }

    private Pooled borrow(SessionId id) {
        lock.lock();
        try {
            if (closed) {
                throw new BowlineException(ErrorCode.SESSION_CLOSED, "the session pool is closed");
            }
            sweep();
            var pooled = open.get(id);
            if (pooled == null) {
                makeRoom();
                pooled = new Pooled(openOrResume(id));
                open.put(id, pooled);
            }
            pooled.users++;
            return pooled;
        } finally {
            lock.unlock();
        }
    }

    private Session openOrResume(SessionId id) {
        try {
            return agent.resume(id);
        } catch (BowlineException e) {
            if (e.code() != ErrorCode.SESSION_NOT_FOUND) {
                throw e;
            }
            return agent.open(id);
        }
    }

    private void makeRoom() {
        if (open.size() < maxOpen) {
            return;
        }
        var oldest =
                open.entrySet().stream()
                        .filter(entry -> entry.getValue().isIdle())
                        .min((a, b) -> Long.compare(a.getValue().lastUsed, b.getValue().lastUsed));
        if (oldest.isEmpty()) {
            throw new BowlineException(
                    ErrorCode.POOL_FULL,
                    "all "
                            + maxOpen
                            + " sessions of the pool are in use; try again later or raise maxOpen");
        }
        close(List.of(oldest.get().getKey()));
    }

    private void giveBack(Pooled pooled) {
        lock.lock();
        try {
            pooled.users--;
            pooled.lastUsed = time.nanos();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the sessions that were unused for too long. Every use does this as well; call it from
    /// a timer if there may be none.
    public void sweep() {
        lock.lock();
        try {
            long now = time.nanos();
            close(
                    open.entrySet().stream()
                            .filter(entry ->
                                    entry.getValue().isIdle()
                                            && now - entry.getValue().lastUsed
                                                    >= idleTimeout.toNanos())
                            .map(Map.Entry::getKey)
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    private void close(List<SessionId> ids) {
        for (var id : new ArrayList<>(ids)) {
            Optional.ofNullable(open.remove(id)).ifPresent(pooled -> pooled.session.close());
        }
    }

    /// How many sessions are open.
    public int openSessions() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    /// How many uses wait for a place.
    public int waiting() {
        return gate.waiting();
    }

    /// Closes all sessions; turns under way are interrupted.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            close(List.copyOf(open.keySet()));
        } finally {
            lock.unlock();
        }
    }
}
