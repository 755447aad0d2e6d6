package dev.bowline.anthropic.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.time.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolTest {
    /// A clock moved by hand; sleepers wait until it has moved far enough.
    private static final class Clock implements TimeSource {
        private long nanos;
        final CountDownLatch swept = new CountDownLatch(2);

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized void sleep(Duration duration) throws InterruptedException {
            swept.countDown();
            long until = nanos + duration.toNanos();
            while (nanos < until) {
                wait();
            }
        }

        synchronized void pass(Duration duration) {
            nanos += duration.toNanos();
            notifyAll();
        }
    }

    private final Clock clock = new Clock();

    private static Connection connection(ServerSocket server) throws Exception {
        var channel = SocketChannel.open(server.getLocalSocketAddress());
        return new Connection(channel, channel.socket(), "test");
    }

    private static ServerSocket server() throws Exception {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void givesBackTheConnectionThatWasUsedLast() throws Exception {
        try (var server = server()) {
            var pool = new Pool(4, Duration.ofSeconds(30), clock);
            var first = connection(server);
            var second = connection(server);
            pool.put(first);
            pool.put(second);
            assertSame(second, pool.take());
            assertSame(first, pool.take());
            assertNull(pool.take());
            first.close();
            second.close();
        }
    }

    @Test
    void keepsNoMoreThanItsSize() throws Exception {
        try (var server = server()) {
            var pool = new Pool(2, Duration.ofSeconds(30), clock);
            for (int i = 0; i < 5; i++) {
                pool.put(connection(server));
            }
            assertEquals(2, pool.idle());
            pool.close();
            assertEquals(0, pool.idle());
        }
    }

    @Test
    void doesNotGiveOutWhatIsTooOld() throws Exception {
        try (var server = server()) {
            var pool = new Pool(2, Duration.ofSeconds(30), clock);
            pool.put(connection(server));
            clock.pass(Duration.ofSeconds(29));
            pool.put(connection(server));
            clock.pass(Duration.ofSeconds(2));
            assertTrue(pool.take() != null);
            assertNull(pool.take());
        }
    }

    @Test
    void closesWhatIsTooOldByItself() throws Exception {
        try (var server = server()) {
            var pool = new Pool(2, Duration.ofSeconds(30), clock);
            pool.put(connection(server));
            var peer = server.accept();
            awaitSleeper();
            clock.pass(Duration.ofSeconds(30));
            assertEquals(-1, peer.getInputStream().read());
            assertEquals(0, pool.idle());
        }
    }

    private void awaitSleeper() throws InterruptedException {
        while (clock.swept.getCount() == 2) {
            assertTrue(!clock.swept.await(1, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void closesWhatComesBackAfterItWasClosed() throws Exception {
        try (var server = server()) {
            var pool = new Pool(2, Duration.ofSeconds(30), clock);
            pool.close();
            pool.put(connection(server));
            var peers = new ArrayList<>();
            peers.add(server.accept().getInputStream().read());
            assertEquals(-1, peers.getFirst());
        }
    }
}
