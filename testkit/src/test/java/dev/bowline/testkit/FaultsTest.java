package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.Cut;
import dev.bowline.testkit.api.Garbage;
import dev.bowline.testkit.api.Gate;
import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends FaultyService {
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504, 529})
    void answersHttpErrorsInTheServicesShape(int status) throws Exception {
        try (var api =
                api(
                        error(status)
                                .retryAfter(Duration.ofSeconds(7))
                                .retryAfterMillis(15)
                                .shouldRetry(true))) {
            var answer = post(api.baseUrl(), streaming(HELLO));
            assertEquals(status, answer.statusCode());
            assertEquals("7", answer.headers().firstValue("retry-after").orElseThrow());
            assertEquals("15", answer.headers().firstValue("retry-after-ms").orElseThrow());
            assertEquals("true", answer.headers().firstValue("x-should-retry").orElseThrow());
            var body = Json.object(Json.parse(answer.body()));
            assertEquals("error", body.get("type"));
            assertEquals(
                    answer.headers().firstValue("request-id").orElseThrow(),
                    body.get("request_id"));
            assertTrue(
                    String.valueOf(Json.object(body.get("error")).get("type"))
                            .matches("[a-z_]+(_error|_too_large)"));
            assertEquals(List.of(), api.violations());
        }
    }

    @Test
    void namesTheErrorTypesAsTheServiceDoes() throws Exception {
        try (var api = api(error(529), error(429), error(413), promptTooLong(250_000, 200_000))) {
            assertTrue(post(api.baseUrl(), body(HELLO)).body().contains("\"overloaded_error\""));
            assertTrue(post(api.baseUrl(), body(HELLO)).body().contains("\"rate_limit_error\""));
            assertTrue(post(api.baseUrl(), body(HELLO)).body().contains("\"request_too_large\""));
            assertTrue(
                    post(api.baseUrl(), body(HELLO))
                            .body()
                            .contains("prompt is too long: 250000 tokens > 200000 maximum"));
        }
    }

    @Test
    void answersAGatewaysHtmlPage() throws Exception {
        try (var api = api(error(502).html())) {
            var answer = post(api.baseUrl(), streaming(HELLO));
            assertEquals("text/html", answer.headers().firstValue("content-type").orElseThrow());
            assertTrue(answer.body().startsWith("<html>"));
        }
    }

    @Test
    void resetsTheConnectionAfterSoManyEvents() throws Exception {
        try (var api = api(text("hello world", 4).disconnectAfter(4, Cut.RESET));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            // A reset may overtake what was sent; what arrives is at most four events.
            var received = new StringBuilder();
            assertThrows(
                    SocketException.class,
                    () -> {
                        for (var b = client.read(); b >= 0; b = client.read()) {
                            received.append((char) b);
                        }
                    });
            assertTrue(names(received.toString()).size() <= 4);
            assertEquals(0, api.log().abandoned());
        }
    }

    @Test
    void endsTheConnectionInsideTheBody() throws Exception {
        try (var api = api(text("hello world", 4).disconnectAfter(4, Cut.FIN));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var all = client.readToEnd();
            assertEquals(
                    List.of("message_start", "content_block_start", "ping", "content_block_delta"),
                    names(all));
            assertFalse(all.endsWith("0\r\n\r\n"));
        }
    }

    @Test
    void endsTheBodyWithoutMessageStopAndKeepsTheConnection() throws Exception {
        try (var api = api(text("hello world", 4).disconnectAfter(4, Cut.EOF), text("next"));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var body = client.chunks().text();
            assertEquals(4, names(body).size());
            assertFalse(body.contains("message_stop"));
            client.send(streaming(HELLO)).head();
            assertEquals("next", textOf(client.chunks().text()));
        }
    }

    @Test
    void breaksOffInTheMiddleOfAnEvent() throws Exception {
        try (var api = api(text("hello world", 4).disconnectInsideEventAfter(3, Cut.FIN));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var all = client.readToEnd();
            assertTrue(all.contains("event: content_block_delta"));
            assertFalse(all.contains("\"text_delta\",\"text\":\"he\"}}\n\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void breaksAJsonAnswerToo(Cut cut) throws Exception {
        try (var api = api(text("a text of some length").disconnectAfter(4, cut))) {
            if (cut == Cut.EOF) {
                var half = post(api.baseUrl(), body(HELLO)).body();
                assertTrue(half.startsWith("{\"id\""));
                assertThrows(IllegalArgumentException.class, () -> Json.parse(half));
            } else {
                assertThrows(IOException.class, () -> post(api.baseUrl(), body(HELLO)));
            }
        }
    }

    @Test
    void breaksTheConnectionUnderTls() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.tls()
                                        .reply(
                                                text("hello world").disconnectAfter(3, Cut.RESET),
                                                text("hello world").disconnectAfter(3, Cut.FIN)));
                var client = HttpClient.newBuilder().sslContext(api.clientTls()).build()) {
            assertThrows(IOException.class, () -> post(client, api.baseUrl(), streaming(HELLO)));
            assertThrows(IOException.class, () -> post(client, api.baseUrl(), streaming(HELLO)));
            assertEquals(2, api.requests().size());
        }
    }

    @Test
    void sendsAnErrorEventInsideAGoodStream() throws Exception {
        try (var api = api(text("hello", 4).overloadedAfter(4), text("hello").overloadedAfter(2))) {
            var answer = post(api.baseUrl(), streaming(HELLO));
            assertEquals(200, answer.statusCode());
            assertEquals("error", names(answer.body()).getLast());
            assertEquals(5, names(answer.body()).size());
            assertTrue(
                    answer.body()
                            .endsWith(
                                    "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"));
            assertEquals(529, post(api.baseUrl(), body(HELLO)).statusCode());
        }
    }

    @Test
    void sendsCutOffJsonInAnEvent() throws Exception {
        try (var api = api(text("hello world", 2).garbageAfter(3, Garbage.MALFORMED_JSON))) {
            var body = post(api.baseUrl(), streaming(HELLO)).body();
            var bad =
                    body.lines()
                            .filter(line -> line.startsWith("data: ") && !line.endsWith("}"))
                            .toList();
            assertEquals(1, bad.size());
            assertThrows(
                    IllegalArgumentException.class, () -> Json.parse(bad.getFirst().substring(6)));
            assertEquals("message_stop", names(body).getLast());
        }
    }

    @Test
    void putsInAnEventThatNobodyKnows() throws Exception {
        try (var api = api(text("hello world", 2).garbageAfter(3, Garbage.UNKNOWN_EVENT))) {
            var body = post(api.baseUrl(), streaming(HELLO)).body();
            assertEquals("weather", names(body).get(3));
            assertEquals("hello world", textOf(body));
        }
    }

    @Test
    void putsInADeltaForABlockThatNeverStarted() throws Exception {
        try (var api = api(text("hello", 1).garbageAfter(3, Garbage.WRONG_INDEX))) {
            assertTrue(post(api.baseUrl(), streaming(HELLO)).body().contains("\"index\":97"));
        }
    }

    @Test
    void sendsCutOffUtf8() throws Exception {
        try (var api = api(text("hello", 1).garbageAfter(3, Garbage.BROKEN_UTF8));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var latin = client.readUntil("0\r\n\r\n");
            var bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
            assertThrows(
                    java.nio.charset.CharacterCodingException.class,
                    () ->
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(java.nio.ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void switchesToHtmlInsideTheStream() throws Exception {
        try (var api = api(text("hello", 1).garbageAfter(2, Garbage.HTML))) {
            assertTrue(post(api.baseUrl(), streaming(HELLO)).body().endsWith("</html>\n"));
        }
    }

    @Test
    void cutsTheStreamAtAnyByte() throws Exception {
        try (var api = api(text("hello", 1).cutAt(3, 400, 401));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var chunks = client.chunks();
            assertEquals(List.of(3, 397, 1), chunks.sizes().subList(0, 3));
            assertEquals(4, chunks.sizes().size());
            assertEquals("hello", textOf(chunks.text()));
        }
    }

    @Test
    void sendsPingsCommentsAndCarriageReturns() throws Exception {
        try (var api = api(text("hello", 1).pingEvery(2).commentEvery(3).carriageReturns())) {
            var body = post(api.baseUrl(), streaming(HELLO)).body();
            assertTrue(body.contains(": a comment\r\n\r\n"));
            assertTrue(names(body).stream().filter("ping"::equals).count() > 2);
            assertFalse(body.replace("\r\n", "").contains("\n"));
            assertEquals("hello", textOf(body));
        }
    }

    @Test
    void closesAfterACompleteAnswerWithoutSayingSo() throws Exception {
        try (var api = api(text("bye").closeAfterwards());
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO));
            assertFalse(
                    client.head().toLowerCase(java.util.Locale.ROOT).contains("connection: close"));
            assertEquals("bye", textOf(client.chunks().text()));
            assertEquals(-1, client.read());
        }
    }

    @Test
    void combinesFaultsInOrder() throws Exception {
        var gate = new Gate();
        gate.open();
        try (var api =
                        api(
                                text("hello world", 4)
                                        .stallAfter(2, gate)
                                        .pingEvery(1)
                                        .chunked(7)
                                        .disconnectAfter(4, Cut.EOF));
                var client = new RawClient(api.baseUrl())) {
            client.send(streaming(HELLO)).head();
            var chunks = client.chunks();
            assertEquals(
                    List.of("message_start", "ping", "content_block_start", "ping"),
                    names(chunks.text()));
            assertTrue(chunks.sizes().stream().allMatch(size -> size <= 7));
        }
    }

    @Test
    void refusesImpossibleFaultsWhenTheyAreScripted() {
        assertThrows(IllegalArgumentException.class, () -> text("a").chunked(0));
        assertThrows(IllegalArgumentException.class, () -> text("a").stallAfter(-1));
        assertThrows(IllegalArgumentException.class, () -> error(200));
        assertThrows(IllegalArgumentException.class, () -> text("a", 0));
    }
}
