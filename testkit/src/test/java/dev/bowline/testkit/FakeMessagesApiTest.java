package dev.bowline.testkit;

import static dev.bowline.testkit.Calls.*;
import static dev.bowline.testkit.api.FakeReply.*;
import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.testkit.api.FakeUsage;
import dev.bowline.testkit.api.Gate;
import dev.bowline.testkit.wire.Json;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FakeMessagesApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void streamsATextInTheServicesOrderOfEvents() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("hello world!", 3)))) {
            var answer = post(api.baseUrl(), streaming(HELLO));
            assertEquals(200, answer.statusCode());
            assertTrue(
                    answer.headers()
                            .firstValue("content-type")
                            .orElseThrow()
                            .startsWith("text/event-stream"));
            assertTrue(answer.headers().firstValue("request-id").isPresent());
            assertEquals(
                    List.of(
                            "message_start",
                            "content_block_start",
                            "ping",
                            "content_block_delta",
                            "content_block_delta",
                            "content_block_delta",
                            "content_block_stop",
                            "message_delta",
                            "message_stop"),
                    names(answer.body()));
            assertEquals("hello world!", textOf(answer.body()));
            answer.body()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(line -> assertNotNull(Json.parse(line.substring(6))));
            api.verify();
        }
    }

    @Test
    void answersAsOneJsonObjectWithoutStream() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(
                                thinking("hm")
                                        .withText("so")
                                        .withToolUse("Read", Map.of("file_path", "a\"b"))
                                        .usage(new FakeUsage(1, 2, 3, 4, 5))))) {
            var message = Json.object(Json.parse(post(api.baseUrl(), body(HELLO)).body()));
            assertEquals("tool_use", message.get("stop_reason"));
            var content = Json.array(message.get("content"));
            assertEquals("hm", Json.object(content.get(0)).get("thinking"));
            assertFalse(String.valueOf(Json.object(content.get(0)).get("signature")).isEmpty());
            assertEquals(Map.of("file_path", "a\"b"), Json.object(content.get(2)).get("input"));
            var usage = Json.object(message.get("usage"));
            assertEquals(
                    List.of(1, 2, 3, 9),
                    List.of(
                            usage.get("input_tokens"),
                            usage.get("output_tokens"),
                            usage.get("cache_read_input_tokens"),
                            usage.get("cache_creation_input_tokens")));
        }
    }

    @Test
    void givesEachToolCallANewIdAndKeepsTheInputInPieces() throws Exception {
        var input = "{\"file_path\":\"a very long path so that there are several deltas\"}";
        var reply = toolUse("Read", input).withToolUse("Grep", "{}");
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> reply))) {
            var first = post(api.baseUrl(), streaming(HELLO)).body();
            var second = post(api.baseUrl(), streaming(HELLO)).body();
            assertEquals(input + "{}", inputOf(first));
            assertTrue(
                    first.contains("toolu_fake00000000000001")
                            && first.contains("toolu_fake00000000000002"));
            assertTrue(
                    second.contains("toolu_fake00000000000003")
                            && second.contains("toolu_fake00000000000004"));
            assertTrue(first.contains("\"stop_reason\":\"tool_use\""));
        }
    }

    @Test
    void sendsBrokenToolInputAsItIs() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(toolUse("Read", "{\"file_pa"), toolUse("Read", "{\"file_pa")))) {
            assertEquals("{\"file_pa", inputOf(post(api.baseUrl(), streaming(HELLO)).body()));
            var whole = Json.object(Json.parse(post(api.baseUrl(), body(HELLO)).body()));
            assertEquals(
                    "{\"file_pa",
                    Json.object(Json.array(whole.get("content")).getFirst()).get("input"));
        }
    }

    @Test
    void reportsEveryStopReason() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(
                                text("a").maxTokens(),
                                text("a").pauseTurn(),
                                text("a").contextWindowExceeded(),
                                text("a").stopSequence("END"),
                                refusal("cyber", "no"),
                                empty(),
                                text("a").stop("new_reason")))) {
            var seen = new ArrayList<Object>();
            for (var i = 0; i < 7; i++) {
                seen.add(
                        Json.object(Json.parse(post(api.baseUrl(), body(HELLO)).body()))
                                .get("stop_reason"));
            }
            assertEquals(
                    List.of(
                            "max_tokens",
                            "pause_turn",
                            "model_context_window_exceeded",
                            "stop_sequence",
                            "refusal",
                            "end_turn",
                            "new_reason"),
                    seen);
            api.reply(refusal("cyber", null), text("x").stopSequence("END"));
            var refusal = post(api.baseUrl(), streaming(HELLO)).body();
            assertTrue(
                    refusal.contains(
                            "\"stop_details\":{\"type\":\"refusal\",\"category\":\"cyber\",\"explanation\":null}"),
                    refusal);
            assertTrue(
                    post(api.baseUrl(), streaming(HELLO))
                            .body()
                            .contains("\"stop_sequence\":\"END\""));
        }
    }

    @Test
    void answersFromTheConversationWithAFunction() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.reply(text("queued first"))
                                .replyWith(request ->
                                        text(
                                                request.model()
                                                        + " heard "
                                                        + request.lastUserText()
                                                        + " at step "
                                                        + request.step())))) {
            assertEquals("queued first", textOf(post(api.baseUrl(), streaming(HELLO)).body()));
            assertEquals(
                    "m heard hello at step 0",
                    textOf(post(api.baseUrl(), streaming(HELLO)).body()));
        }
    }

    @Test
    void saysWhatIsMissingWhenTheScriptIsUsedUp() throws Exception {
        try (var api = FakeMessagesApi.start(a -> {})) {
            var answer = post(api.baseUrl(), streaming(HELLO));
            assertEquals(500, answer.statusCode());
            assertEquals("false", answer.headers().firstValue("x-should-retry").orElseThrow());
            assertTrue(answer.body().contains("no reply left for request 1"), answer.body());
            assertEquals(1, api.failures().size());
            assertTrue(
                    assertThrows(AssertionError.class, api::verify)
                            .getMessage()
                            .contains("no reply left"));
        }
    }

    @Test
    void countsAThrowingFunctionAsAFailureOfTheTest() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.replyWith(_ -> {
                            throw new IllegalStateException("boom");
                        }))) {
            assertEquals(500, post(api.baseUrl(), body(HELLO)).statusCode());
            assertTrue(api.failures().getFirst().contains("boom"));
        }
    }

    @Test
    void verifyNamesRepliesThatNobodyAskedFor() {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("a"), text("b")))) {
            assertTrue(
                    assertThrows(AssertionError.class, api::verify)
                            .getMessage()
                            .contains("2 scripted replies"));
        }
    }

    @Test
    void listsModelsAndCountsTokensAndRefusesOtherPaths() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.models("m", "n"))) {
            var list = Json.object(Json.parse(get(api.baseUrl(), "/v1/models").body()));
            assertEquals(2, Json.array(list.get("data")).size());
            assertEquals(
                    "n",
                    Json.object(Json.parse(get(api.baseUrl(), "/v1/models/n").body())).get("id"));
            assertEquals(404, get(api.baseUrl(), "/v1/models/x").statusCode());
            assertEquals(404, get(api.baseUrl(), "/v1/other").statusCode());
            assertEquals(405, get(api.baseUrl(), "/v1/messages").statusCode());
            var count =
                    CLIENT.send(
                            request(api.baseUrl(), "/v1/messages/count_tokens?beta=true")
                                    .POST(
                                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                                    "{\"model\":\"m\",\"messages\":" + HELLO + "}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertTrue((int) Json.object(Json.parse(count.body())).get("input_tokens") > 0);
            assertEquals(
                    404, post(api.baseUrl(), body(HELLO).replace("\"m\"", "\"zz\"")).statusCode());
        }
    }

    @Test
    void recordsRequestsAndReusesConnections() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")));
                var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var i = 0; i < 5; i++) {
                post(client, api.baseUrl(), streaming(HELLO));
            }
            assertEquals(5, api.requests().size());
            assertEquals(1, api.connections());
            var request = api.lastRequest();
            assertEquals("POST /v1/messages", request.method() + " " + request.path());
            assertEquals("test-key", request.header("X-Api-Key"));
            assertEquals("hello", request.messages().getFirst().get("content"));
            assertTrue(request.streaming());
            assertEquals(5, api.log().requestCount());
        }
    }

    @Test
    void keepsOnlyAsManyRequestsAsAskedFor() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.keepRequests(2).replyWith(_ -> text("x")))) {
            for (var i = 0; i < 4; i++) {
                post(api.baseUrl(), streaming(HELLO));
            }
            assertEquals(List.of(3L, 4L), api.requests().stream().map(r -> r.number()).toList());
            assertEquals(4, api.log().requestCount());
        }
    }

    @Test
    void servesTlsThatOnlyItsOwnContextTrusts() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.tls().replyWith(_ -> text("secret")));
                var client = HttpClient.newBuilder().sslContext(api.clientTls()).build()) {
            assertTrue(api.baseUrl().startsWith("https://"));
            assertEquals("secret", textOf(post(client, api.baseUrl(), streaming(HELLO)).body()));
            assertThrows(
                    javax.net.ssl.SSLException.class, () -> post(api.baseUrl(), streaming(HELLO)));
        }
    }

    @Test
    void holdsAThousandStreamsAtOnce() throws Exception {
        var gate = new Gate();
        var streams = 1000;
        try (var api =
                        FakeMessagesApi.start(
                                a -> a.replyWith(_ -> filler(20, 5).stallAfter(5, gate)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<String>>();
            for (var i = 0; i < streams; i++) {
                results.add(
                        threads.submit(() -> {
                            try (var client = new RawClient(api.baseUrl())) {
                                client.send(streaming(HELLO)).head();
                                return client.chunks().text();
                            }
                        }));
            }
            api.log().awaitInFlight(streams, SOON);
            gate.open();
            for (var result : results) {
                assertEquals(100, textOf(result.get()).length());
            }
            assertEquals(streams, api.log().mostConcurrent());
            assertEquals(streams, api.connections());
        }
    }

    @Test
    void keepsThinkingBlocksByteEqual() throws Exception {
        try (var api =
                FakeMessagesApi.start(a ->
                        a.replyWith(r ->
                                r.step() == 0
                                        ? thinking("deep")
                                                .withRedactedThinking()
                                                .withToolUse("Read", "{}")
                                        : text("ok")))) {
            var first = Json.object(Json.parse(post(api.baseUrl(), thinkingBody(HELLO)).body()));
            var content = Json.write(first.get("content"));
            var good = turn(content);
            assertEquals(200, post(api.baseUrl(), thinkingBody(good)).statusCode());
            api.verify();
            var changed = turn(content.replace("deep", "deeP"));
            assertTrue(post(api.baseUrl(), thinkingBody(changed)).body().contains("signature"));
            var spoiled = turn(content.replace("fakeredacted.", "fakeredacted.x"));
            assertTrue(post(api.baseUrl(), thinkingBody(spoiled)).body().contains("unchanged"));
            var blocks = Json.array(first.get("content"));
            var dropped = turn(Json.write(List.of(blocks.get(0), blocks.get(2))));
            assertTrue(
                    post(api.baseUrl(), thinkingBody(dropped))
                            .body()
                            .contains("must stay as they were"));
            var swapped = turn(Json.write(List.of(blocks.get(1), blocks.get(0), blocks.get(2))));
            assertEquals(400, post(api.baseUrl(), thinkingBody(swapped)).statusCode());
        }
    }

    private static String thinkingBody(String messages) {
        return "{\"model\":\"m\",\"max_tokens\":4000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"messages\":"
                + messages
                + "}";
    }

    private static String turn(String content) {
        return "[{\"role\":\"user\",\"content\":\"hello\"},{\"role\":\"assistant\",\"content\":"
                + content
                + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_fake00000000000001\",\"content\":\"x\"}]}]";
    }

    @Test
    void neverCountsRequestsThatFollowEachOtherAsConcurrent() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.replyWith(_ -> text("x")))) {
            for (var i = 0; i < 500; i++) {
                try (var client = new RawClient(api.baseUrl())) {
                    client.send(streaming(HELLO)).head();
                    client.chunks();
                }
            }
            assertEquals(1, api.log().mostConcurrent());
            assertEquals(500, api.log().served());
        }
    }
}
