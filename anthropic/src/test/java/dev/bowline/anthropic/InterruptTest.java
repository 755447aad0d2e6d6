package dev.bowline.anthropic;

import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.noAnswer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Gate;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static Thread calling(
            boolean virtual,
            AnthropicModel model,
            AtomicReference<Throwable> end,
            Runnable onEvent) {
        Runnable call =
                () -> {
                    try {
                        model.reply(Models.HELLO, event -> onEvent.run());
                    } catch (Throwable e) {
                        end.set(e);
                    }
                };
        return virtual ? Thread.ofVirtual().start(call) : Thread.ofPlatform().daemon().start(call);
    }

    private static void interruptAndCheck(Thread caller, AtomicReference<Throwable> end)
            throws InterruptedException {
        long begin = System.nanoTime();
        caller.interrupt();
        assertTrue(caller.join(SOON), "the call did not end");
        assertInstanceOf(InterruptedException.class, end.get());
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 1000, "took " + millis + " ms");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void endsTheWaitForTheFirstByte(boolean virtual, boolean tls) throws Exception {
        var gate = new Gate();
        try (var api =
                        FakeMessagesApi.start(a -> {
                            a.reply(noAnswer(gate));
                            if (tls) {
                                a.tls();
                            }
                        });
                var model =
                        Models.at(
                                api,
                                o -> {
                                    if (tls) {
                                        o.sslContext(api.clientTls());
                                    }
                                })) {
            var end = new AtomicReference<Throwable>();
            var caller = calling(virtual, model, end, () -> {});
            gate.awaitReached(SOON);
            interruptAndCheck(caller, end);
            api.log().awaitInFlight(0, SOON);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void endsAStreamInTheMiddleAndFreesTheConnection(boolean virtual, boolean tls)
            throws Exception {
        var gate = new Gate();
        try (var api =
                        FakeMessagesApi.start(a -> {
                            a.reply(filler(20, 10).stallAfter(8, gate));
                            if (tls) {
                                a.tls();
                            }
                        });
                var model =
                        Models.at(
                                api,
                                o -> {
                                    if (tls) {
                                        o.sslContext(api.clientTls());
                                    }
                                })) {
            var end = new AtomicReference<Throwable>();
            var heard = new CountDownLatch(5);
            var caller = calling(virtual, model, end, heard::countDown);
            assertTrue(heard.await(5, TimeUnit.SECONDS));
            gate.awaitReached(SOON);
            interruptAndCheck(caller, end);
            api.log().awaitAbandoned(1, SOON);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAnAttemptToConnect(boolean virtual) throws Exception {
        try (var full = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort());
                var model =
                        AnthropicModel.of(
                                o -> o.baseUrl("http://127.0.0.1:" + full.getLocalPort()))) {
            assertTrue(first.isConnected() && second.isConnected());
            var end = new AtomicReference<Throwable>();
            var caller = calling(virtual, model, end, () -> {});
            awaitWaiting(caller);
            interruptAndCheck(caller, end);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsATlsHandshake(boolean virtual) throws Exception {
        var connected = new CountDownLatch(1);
        try (var silent =
                        RawServer.talking((socket, n) -> {
                            socket.getInputStream().read();
                            connected.countDown();
                            socket.getInputStream().readAllBytes();
                        });
                var model =
                        AnthropicModel.of(o -> o.baseUrl("https://127.0.0.1:" + silent.port()))) {
            var end = new AtomicReference<Throwable>();
            var caller = calling(virtual, model, end, () -> {});
            assertTrue(connected.await(5, TimeUnit.SECONDS));
            interruptAndCheck(caller, end);
        }
    }

    @Test
    void aThreadThatIsAlreadyInterruptedDoesNotCall() throws Exception {
        try (var api = FakeMessagesApi.start(a -> {});
                var model = Models.at(api)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> Models.ask(model));
            assertEquals(0, api.connections());
        }
    }

    @Test
    void theModelIsUsableAfterwards() throws Exception {
        var gate = new Gate();
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.reply(filler(20, 10).stallAfter(8, gate), filler(3, 3)));
                var model = Models.at(api)) {
            var end = new AtomicReference<Throwable>();
            var caller = calling(false, model, end, () -> {});
            gate.awaitReached(SOON);
            interruptAndCheck(caller, end);
            assertEquals(1, Models.ask(model).reply().content().size());
        }
    }

    /// Until the thread blocks; the state is all that can be seen of it from outside.
    private static void awaitWaiting(Thread thread) {
        long deadline = System.nanoTime() + SOON.toNanos();
        int seen = 0;
        while (seen < 1000 && System.nanoTime() < deadline) {
            boolean inConnect = false;
            for (var frame : thread.getStackTrace()) {
                inConnect |= frame.getMethodName().equals("blockingConnect");
            }
            seen = inConnect ? seen + 1 : 0;
            Thread.onSpinWait();
        }
    }
}
