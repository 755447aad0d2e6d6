package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.Gate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SlowRepliesTest extends FaultyService {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void stallsUntilTheTestOpensTheGate() throws Exception {
        var gate = new Gate();
        try (var api = api(text("hello world", 4).stallAfter(4, gate));
                var client = new RawClient(api.baseUrl());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client.send(streaming(HELLO)).head();
            var rest = threads.submit(client::chunks);
            gate.awaitReached(SOON);
            assertFalse(rest.isDone());
            gate.open();
            assertEquals("hello world", textOf(rest.get().text()));
            client.send(streaming(HELLO));
            assertTrue(client.head().startsWith("HTTP/1.1 500"), "the connection is still usable");
        }
    }

    @Test
    void noticesAClientThatLeavesAStalledStream() throws Exception {
        try (var api = api(text("hello world", 4).stallAfter(2))) {
            try (var client = new RawClient(api.baseUrl())) {
                client.send(streaming(HELLO)).head();
                client.readUntil("\n\n");
            }
            api.log().awaitAbandoned(1, SOON);
            assertEquals(0, api.log().inFlight());
        }
    }

    @Test
    void closingTheServerEndsAStall() throws Exception {
        try (var client = clientOfAClosedServer()) {
            assertThrows(
                    IOException.class,
                    () -> {
                        client.readUntil("message_stop");
                    });
        }
    }

    private static RawClient clientOfAClosedServer() throws Exception {
        try (var api = api(text("hello").stallAfter(2))) {
            var client = new RawClient(api.baseUrl());
            client.send(streaming(HELLO)).head();
            return client;
        }
    }

    @Test
    void answersNothingAtAll() throws Exception {
        var gate = new Gate();
        try (var api = api(noAnswer(gate));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO));
            gate.awaitReached(SOON);
            gate.open();
            assertEquals(-1, client.read());
        }
    }

    @Test
    void holdsAndDelaysTheFirstByte() throws Exception {
        var gate = new Gate();
        try (var api =
                        api(
                                text("late").firstByteHeldBy(gate),
                                text("later").firstByteAfter(Duration.ofMillis(40)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> post(api.baseUrl(), streaming(HELLO)).body());
            gate.awaitReached(SOON);
            assertFalse(answer.isDone());
            gate.open();
            assertEquals("late", textOf(answer.get()));
            var begin = System.nanoTime();
            post(api.baseUrl(), streaming(HELLO));
            assertTrue(System.nanoTime() - begin >= 40_000_000);
        }
    }

    @Test
    void dripsByteByByte() throws Exception {
        try (var api = api(text("hello wörld", 2).chunked(1));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var chunks = client.chunks();
            assertTrue(chunks.sizes().stream().allMatch(size -> size == 1));
            assertEquals("hello wörld", textOf(chunks.text()));
        }
    }

    @Test
    void dripsWithAPauseBetweenPieces() throws Exception {
        try (var api = api(text("hello", 1).drip(100, Duration.ofMillis(5)))) {
            var begin = System.nanoTime();
            var body = post(api.baseUrl(), streaming(HELLO)).body();
            var pieces = (body.length() + 99) / 100;
            assertTrue(System.nanoTime() - begin >= (pieces - 1) * 5_000_000L);
            assertEquals("hello", textOf(body));
        }
    }

    @Test
    void holdsAndGoesOnUnderTls() throws Exception {
        var gate = new Gate();
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.tls()
                                        .reply(
                                                text("hello", 2).stallAfter(3, gate),
                                                text("again")));
                var client =
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .sslContext(api.clientTls())
                                .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> post(client, api.baseUrl(), streaming(HELLO)).body());
            gate.awaitReached(SOON);
            gate.open();
            assertEquals("hello", textOf(answer.get()));
            assertEquals("again", textOf(post(client, api.baseUrl(), streaming(HELLO)).body()));
            assertEquals(1, api.connections());
        }
    }

    @Test
    void noticesAClientThatLeavesASlowStream() throws Exception {
        try (var api = api(text("hello", 1).drip(1, Duration.ofMillis(1)))) {
            try (var client = new RawClient(api.baseUrl())) {
                client.send(streaming(HELLO)).head();
                client.readUntil("\r\n");
            }
            api.log().awaitAbandoned(1, SOON);
            assertEquals(0, api.log().served());
        }
    }
}
