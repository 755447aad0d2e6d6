package dev.bowline.testkit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Agent;
import dev.bowline.SessionPool;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionPoolTest {
    private final Agent agent =
            Agent.of(ScriptedModel.answering(request -> ScriptedModel.text("hi")));

    @Test
    void lendsTheSameSessionAgainAndResumesOneThatWasClosed() throws Exception {
        try (var pool = SessionPool.of(agent, p -> p.maxOpen(1))) {
            var id = new SessionId("ann-1");
            var first = pool.use("ann", id, session -> session);
            assertEquals(first, pool.use("ann", id, session -> session));
            pool.use("bob", new SessionId("bob-1"), session -> session.prompt("hello").text());
            assertEquals(1, pool.openSessions());
            assertEquals("hi", pool.use("ann", id, session -> session.prompt("hello").text()));
        }
    }

    @Test
    void closesSessionsThatWereUnusedForTooLong() throws Exception {
        try (var pool = SessionPool.of(agent, p -> p.idleTimeout(Duration.ZERO))) {
            pool.use("ann", new SessionId("a"), session -> session.prompt("hello").text());
            pool.sweep();
            assertEquals(0, pool.openSessions());
        }
    }

    @Test
    void refusesAtOnceWhenTooManyWaitAndLaterWhenNoPlaceComesFree() throws Exception {
        try (var pool =
                SessionPool.of(
                        agent,
                        p -> p.maxRunning(1).maxWaiting(1).waitTimeout(Duration.ofMillis(300)))) {
            var inside = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var holder = hold(pool, inside, release);
            inside.await();
            var errors = new ConcurrentLinkedQueue<ErrorCode>();
            var waiter =
                    Thread.ofVirtual()
                            .start(() ->
                                    errors.add(
                                            assertThrows(
                                                            BowlineException.class,
                                                            () ->
                                                                    pool.use(
                                                                            "bob",
                                                                            new SessionId("b"),
                                                                            s -> 1))
                                                    .code()));
            while (pool.waiting() == 0) {
                Thread.onSpinWait();
            }
            var tooMany =
                    assertThrows(
                            BowlineException.class,
                            () -> pool.use("cid", new SessionId("c"), s -> 1));
            assertEquals(ErrorCode.POOL_FULL, tooMany.code());
            waiter.join();
            assertEquals(List.of(ErrorCode.POOL_FULL), List.copyOf(errors));
            release.countDown();
            holder.join();
        }
    }

    private static Thread hold(SessionPool pool, CountDownLatch inside, CountDownLatch release) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        pool.use(
                                "ann",
                                new SessionId("a"),
                                session -> {
                                    inside.countDown();
                                    release.await();
                                    return 1;
                                });
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void usersTakeTurnsHoweverManyRequestsOneOfThemHas() throws Exception {
        try (var pool = SessionPool.of(agent, p -> p.maxRunning(1))) {
            var inside = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var holder = hold(pool, inside, release);
            inside.await();
            var order = new ConcurrentLinkedQueue<String>();
            var threads = new ArrayList<Thread>();
            for (var user : List.of("bob", "bob", "bob", "cid")) {
                int before = pool.waiting();
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        pool.use(
                                                user,
                                                new SessionId(user),
                                                session -> order.add(user));
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }));
                while (pool.waiting() == before) {
                    Thread.onSpinWait();
                }
            }
            release.countDown();
            holder.join();
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(List.of("bob", "cid", "bob", "bob"), List.copyOf(order));
            assertTrue(pool.waiting() == 0);
        }
    }

    @Test
    void aTurnThatStillRunsKeepsItsSessionOpen() throws Exception {
        var reached = new CountDownLatch(1);
        var model = ScriptedModel.saying(ScriptedModel.hangingAfter("hm", reached));
        try (var slow = Agent.of(model);
                var pool = SessionPool.of(slow, p -> p.idleTimeout(Duration.ZERO))) {
            var turn = pool.use("ann", new SessionId("a"), session -> session.prompt("hello"));
            reached.await();
            pool.sweep();
            assertEquals(1, pool.openSessions());
            turn.interrupt();
            turn.await();
            pool.sweep();
            assertEquals(0, pool.openSessions());
        }
    }
}
