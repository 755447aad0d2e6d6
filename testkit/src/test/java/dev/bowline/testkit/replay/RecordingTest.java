package dev.bowline.testkit.replay;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Cut;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final String OTHER = "[{\"role\":\"user\",\"content\":\"another question\"}]";

    @TempDir Path directory;

    private void record(String... bodies) throws Exception {
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.replyWith(r -> text("answer to " + r.lastUserText())));
                var proxy = RecordingProxy.start(api.baseUrl(), directory)) {
            for (var body : bodies) {
                assertEquals(200, post(proxy.baseUrl(), body).statusCode());
            }
            api.verify();
        }
    }

    @Test
    void servesWhatItRecordedByteForByte() throws Exception {
        String live;
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        thinking("hm")
                                                .withText("wörld")
                                                .withToolUse("Read", "{\"a\":1}")));
                var proxy = RecordingProxy.start(api.baseUrl(), directory)) {
            live = post(proxy.baseUrl(), streaming(HELLO)).body();
        }
        try (var replay = FakeMessagesApi.replaying(directory)) {
            var answer = post(replay.baseUrl(), streaming(HELLO));
            assertEquals(live, answer.body());
            assertTrue(
                    answer.headers()
                            .firstValue("content-type")
                            .orElseThrow()
                            .startsWith("text/event-stream"));
            replay.verify();
        }
    }

    @Test
    void matchesByContentInAnyOrderAndServesEachOnce() throws Exception {
        record(streaming(HELLO), body(OTHER));
        try (var replay = FakeMessagesApi.replaying(directory)) {
            assertTrue(
                    post(replay.baseUrl(), body(OTHER))
                            .body()
                            .contains("answer to another question"));
            // Other order of keys and other metadata: the same content.
            var same =
                    "{\"stream\":true,\"metadata\":{\"user_id\":\"z\"},\"messages\":"
                            + HELLO
                            + ",\"max_tokens\":100,\"model\":\"m\"}";
            assertEquals("answer to hello", textOf(post(replay.baseUrl(), same).body()));
            assertTrue(post(replay.baseUrl(), same).body().contains("all 2 recordings"));
            assertEquals(1, replay.failures().size());
        }
    }

    @Test
    void saysWhatDiffersFromTheNearestRecording() throws Exception {
        record(body(OTHER), streaming(HELLO));
        try (var replay = FakeMessagesApi.replaying(directory)) {
            var changed = streaming(HELLO.replace("hello", "hullo"));
            var answer = post(replay.baseUrl(), changed);
            assertEquals(500, answer.statusCode());
            var failure = replay.failures().getFirst();
            assertTrue(failure.contains("number 2"), failure);
            assertTrue(
                    failure.contains("messages.0.content: recorded \"hello\", came \"hullo\""),
                    failure);
            assertThrows(AssertionError.class, replay::verify);
        }
    }

    @Test
    void insistsOnTheOrderWhenAsked() throws Exception {
        record(body(OTHER), streaming(HELLO));
        try (var replay = FakeMessagesApi.replaying(Replay.of(directory).inOrder(), _ -> {})) {
            assertEquals(500, post(replay.baseUrl(), streaming(HELLO)).statusCode());
            assertTrue(replay.failures().getFirst().contains("the next one (number 1) differs"));
            assertEquals(200, post(replay.baseUrl(), body(OTHER)).statusCode());
            assertEquals(200, post(replay.baseUrl(), streaming(HELLO)).statusCode());
        }
    }

    @Test
    void servesInOrderWhateverComesWhenAsked() throws Exception {
        record(streaming(OTHER), streaming(HELLO));
        var script = Replay.of(directory).anyContent();
        try (var replay = FakeMessagesApi.replaying(script, _ -> {})) {
            assertEquals(
                    "answer to another question",
                    textOf(post(replay.baseUrl(), streaming(HELLO)).body()));
            assertEquals(
                    "answer to hello", textOf(post(replay.baseUrl(), streaming(HELLO)).body()));
            assertEquals(0, script.unserved());
        }
    }

    @Test
    void keepsTheRecordedPaceWhenAsked() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(text("slow", 2).pauseEvery(1, Duration.ofMillis(10))));
                var proxy = RecordingProxy.start(api.baseUrl(), directory)) {
            post(proxy.baseUrl(), streaming(HELLO));
        }
        try (var replay =
                FakeMessagesApi.replaying(Replay.of(directory).atRecordedPace(), _ -> {})) {
            var begin = System.nanoTime();
            assertEquals("slow", textOf(post(replay.baseUrl(), streaming(HELLO)).body()));
            assertTrue(System.nanoTime() - begin > 40_000_000, "eight events, 10 ms each");
        }
    }

    @Test
    void leavesNoCredentialInAFile() throws Exception {
        var body =
                "{\"model\":\"m\",\"max_tokens\":9,\"metadata\":{\"user_id\":\"me-myself\"},\"messages\":[{\"role\":\"user\",\"content\":\"my key is super-secret-key\"}]}";
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.replyWith(r -> text("you said " + r.lastUserText())));
                var proxy = RecordingProxy.start(api.baseUrl(), directory)) {
            var request =
                    request(proxy.baseUrl(), "/v1/messages")
                            .setHeader("x-api-key", "super-secret-key")
                            .header("authorization", "Bearer another-secret-token")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                            .build();
            var answer = CLIENT.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
            assertTrue(
                    answer.body().contains("super-secret-key"), "the client gets the true answer");
            assertEquals("super-secret-key", api.lastRequest().header("x-api-key"));
        }
        var text = Files.readString(files().getFirst());
        assertFalse(text.contains("super-secret-key"), text);
        assertFalse(text.contains("another-secret-token"), text);
        assertFalse(text.contains("me-myself"), text);
        assertTrue(text.contains("[redacted]"));
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(directory)) {
            return list.sorted().toList();
        }
    }

    @Test
    void numbersFilesOnAndStampsThemWithItsClock() throws Exception {
        record(streaming(HELLO));
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")));
                var client = HttpClient.newHttpClient();
                var proxy =
                        RecordingProxy.start(
                                api.baseUrl() + "/",
                                directory,
                                client,
                                InstantSource.fixed(Instant.EPOCH))) {
            post(proxy.baseUrl(), streaming(OTHER));
        }
        assertEquals(2, files().size());
        assertTrue(files().get(1).getFileName().toString().startsWith("00002-"));
        assertEquals("1970-01-01T00:00:00Z", ExchangeFile.read(files().get(1)).recorded());
    }

    @Test
    void recordsErrorsAndBrokenStreamsAsTheyWere() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.reply(
                                        error(529).retryAfter(Duration.ofSeconds(3)),
                                        text("hello").disconnectAfter(3, Cut.FIN)));
                var proxy = RecordingProxy.start(api.baseUrl(), directory)) {
            assertEquals(529, post(proxy.baseUrl(), streaming(HELLO)).statusCode());
            assertThrows(IOException.class, () -> post(proxy.baseUrl(), streaming(OTHER)));
        }
        try (var replay = FakeMessagesApi.replaying(directory)) {
            var error = post(replay.baseUrl(), streaming(HELLO));
            assertEquals(529, error.statusCode());
            assertEquals("3", error.headers().firstValue("retry-after").orElseThrow());
            assertThrows(IOException.class, () -> post(replay.baseUrl(), streaming(OTHER)));
        }
        assertFalse(ExchangeFile.read(files().get(1)).complete());
    }

    @Test
    void answers502WhenTheRealApiIsNotThere() throws Exception {
        String nobody;
        try (var closed = FakeMessagesApi.start(a -> {})) {
            nobody = closed.baseUrl();
        }
        try (var proxy = RecordingProxy.start(nobody, directory)) {
            var answer = post(proxy.baseUrl(), streaming(HELLO));
            assertEquals(502, answer.statusCode());
            assertTrue(answer.body().contains(nobody));
        }
        assertEquals(List.of(), files());
    }

    @Test
    void refusesFilesOfAnotherKindOrVersion() throws Exception {
        record(streaming(HELLO));
        var good = Files.readString(files().getFirst());
        var bad = directory.resolve("x.exchange.jsonl");
        Files.writeString(bad, good.replace("\"version\":1", "\"version\":2"));
        assertTrue(refusal(bad).contains("version 2"));
        Files.writeString(bad, "{\"hello\":1}\n");
        assertTrue(refusal(bad).contains("not a recorded exchange"));
        Files.writeString(bad, good.substring(0, good.length() / 2));
        assertTrue(refusal(bad).contains("line"));
    }

    private static String refusal(Path file) {
        return assertThrows(IllegalArgumentException.class, () -> ExchangeFile.read(file))
                .getMessage();
    }

    @Test
    void readsBackWhatItWrote() {
        var exchange =
                new Exchange(
                        "2026-11-01T10:00:00Z",
                        "POST",
                        "/v1/messages?beta=true",
                        java.util.Map.of("a", "b"),
                        "not json é",
                        200,
                        java.util.Map.of("c", "d"),
                        Duration.ofMillis(3),
                        List.of(
                                new Exchange.Part(
                                        Duration.ofMillis(4), "event: x\ndata: \u2028\n\n"),
                                new Exchange.Part(Duration.ofMillis(9), "y")),
                        false);
        var file = directory.resolve("a.exchange.jsonl");
        ExchangeFile.write(file, exchange);
        assertEquals(exchange, ExchangeFile.read(file));
    }

    @Test
    void readsTheGoldenFileOfVersionOne() throws Exception {
        var golden = Path.of(getClass().getResource("v1/hello.exchange.jsonl").toURI());
        var exchange = ExchangeFile.read(golden);
        assertEquals(200, exchange.status());
        assertEquals(3, exchange.parts().size());
        assertEquals("d0ne", exchange.parts().getLast().text());
        assertEquals(Duration.ofNanos(1_200_000), exchange.headAfter());
        var again = directory.resolve("again.exchange.jsonl");
        ExchangeFile.write(again, exchange);
        assertEquals(
                Files.readString(golden).replaceFirst("\"hash\":\"[0-9a-f]*\"", ""),
                Files.readString(again).replaceFirst("\"hash\":\"[0-9a-f]*\"", ""));
    }

    @Test
    void tellsWhenAnExchangeCouldNotBeWritten() throws Exception {
        var gone = directory.resolve("gone");
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")));
                var proxy = RecordingProxy.start(api.baseUrl(), gone)) {
            Files.delete(gone);
            assertThrows(IOException.class, () -> post(proxy.baseUrl(), streaming(HELLO)));
            assertTrue(proxy.failures().getFirst().contains(gone.toString()));
        }
    }
}
