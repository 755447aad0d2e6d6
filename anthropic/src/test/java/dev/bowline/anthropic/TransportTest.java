package dev.bowline.anthropic;

import static dev.bowline.anthropic.Models.ask;
import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.filler;
import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.model.ModelException;
import dev.bowline.model.ModelRequest;
import dev.bowline.testkit.FakeMessagesApi;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransportTest {
    private static final String EVENTS =
            "data: " + AnthropicModelTest.start() + "\n\ndata: {\"type\":\"message_stop\"}\n\n";

    private static String answer(String body, String end) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n"
                + end;
    }

    private static void say(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static AnthropicModel at(RawServer server) {
        return AnthropicModel.of(o -> o.baseUrl(server.url()).apiKey("k"));
    }

    @Test
    void speaksTlsAndKeepsTheConnection() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.tls().replyWith(r -> filler(5, 5)));
                var model = Models.at(api, o -> o.sslContext(api.clientTls()))) {
            for (int i = 0; i < 10; i++) {
                ask(model);
            }
            assertEquals(1, api.connections());
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedOnce() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.tls().reply(text("x")));
                var model = Models.at(api)) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_UNREACHABLE, failure.code());
            assertFalse(failure.retryable());
            assertTrue(failure.getMessage().contains("certificate"), failure.getMessage());
        }
    }

    @Test
    void plainTextSpokenToATlsClientIsExplained() throws Exception {
        try (var api = FakeMessagesApi.start(a -> {});
                var model =
                        AnthropicModel.of(
                                o -> o.baseUrl(api.baseUrl().replace("http:", "https:")))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_UNREACHABLE, failure.code());
            assertTrue(failure.getMessage().contains("scheme"), failure.getMessage());
        }
    }

    @Test
    void thousandStreamsRunAtOnce() throws Exception {
        try (var api =
                        FakeMessagesApi.start(a ->
                                a.keepRequests(0)
                                        .replyWith(r ->
                                                filler(20, 10)
                                                        .pauseEvery(10, Duration.ofMillis(50))));
                var model = Models.at(api);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 1000)
                            .mapToObj(i -> executor.submit(() -> ask(model)))
                            .toList();
            for (Future<Models.Heard> call : calls) {
                assertEquals(200, ContentBlock.text(call.get().reply().content()).length());
            }
            assertEquals(1000, api.log().served());
        }
    }

    @Test
    void goesThroughAProxyWithCredentialsToATlsServer() throws Exception {
        var heads = new CopyOnWriteArrayList<String>();
        try (var api = FakeMessagesApi.start(a -> a.tls().reply(text("through")));
                var proxy = RawServer.talking((socket, n) -> tunnel(socket, heads));
                var model =
                        Models.at(
                                api,
                                o ->
                                        o.proxy("http://me:p%40ss@127.0.0.1:" + proxy.port())
                                                .sslContext(api.clientTls()))) {
            assertEquals("through", ContentBlock.text(ask(model).reply().content()));
            assertTrue(heads.getFirst().startsWith("CONNECT 127.0.0.1:"));
            assertTrue(heads.getFirst().contains("Proxy-Authorization: Basic bWU6cEBzcw==\r\n"));
            assertFalse(heads.getFirst().contains("sk-secret-key"));
        }
    }

    private static void tunnel(Socket client, List<String> heads) throws Exception {
        var head = RawServer.head(client.getInputStream());
        heads.add(head);
        int port = Integer.parseInt(head.split("[: ]", 4)[2]);
        try (var server = new Socket("127.0.0.1", port)) {
            say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            var back =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    server.getInputStream().transferTo(client.getOutputStream());
                                } catch (java.io.IOException e) {
                                    // one side has closed
                                }
                            });
            client.getInputStream().transferTo(server.getOutputStream());
            back.join();
        }
    }

    @Test
    void aPlainServerIsAskedThroughTheProxyWithTheWholeUrl() throws Exception {
        var heads = new CopyOnWriteArrayList<String>();
        try (var proxy =
                        RawServer.talking((socket, n) -> {
                            heads.add(RawServer.request(socket.getInputStream()));
                            say(socket, answer(EVENTS, "0\r\n\r\n"));
                        });
                var model =
                        AnthropicModel.of(o ->
                                o.baseUrl("http://models.invalid/prefix")
                                        .proxy("127.0.0.1:" + proxy.port()))) {
            ask(model);
            assertTrue(
                    heads.getFirst()
                            .startsWith(
                                    "POST http://models.invalid/prefix/v1/messages HTTP/1.1\r\n"));
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (var proxy = RawServer.answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
                var model =
                        AnthropicModel.of(o ->
                                o.baseUrl("https://models.invalid")
                                        .proxy("http://u:secret@127.0.0.1:" + proxy.port()))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_UNREACHABLE, failure.code());
            assertTrue(failure.getMessage().contains("127.0.0.1:" + proxy.port()));
            assertTrue(failure.getMessage().contains("HTTP 407"));
            assertFalse(failure.getMessage().contains("secret"));
        }
    }

    @Test
    void aKeptConnectionThatDiedIsReplacedOnce() throws Exception {
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.request(socket.getInputStream());
                            say(socket, answer(EVENTS, "0\r\n\r\n"));
                        });
                var model = at(server)) {
            for (int i = 0; i < 5; i++) {
                assertEquals("msg_1", ask(model).reply().messageId());
            }
        }
    }

    @Test
    void aFreshConnectionThatDiesIsNotRepeated() throws Exception {
        var connections = new CopyOnWriteArrayList<Integer>();
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.request(socket.getInputStream());
                            connections.add(n);
                        });
                var model = at(server)) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_STREAM_BROKEN, failure.code());
            assertEquals(List.of(1), connections);
        }
    }

    @Test
    void anAnswerThatBeganIsNotAskedForAgain() throws Exception {
        var requests = new CopyOnWriteArrayList<Integer>();
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.request(socket.getInputStream());
                            requests.add(n);
                            say(socket, answer(EVENTS, "0\r\n\r\n"));
                            RawServer.request(socket.getInputStream());
                            requests.add(n);
                            say(socket, "HTTP/1.1 200 OK\r\n");
                        });
                var model = at(server)) {
            ask(model);
            assertThrows(ModelException.class, () -> ask(model));
            assertEquals(List.of(1, 1), requests);
        }
    }

    @Test
    void theEndOfABodyMayComeLateWithoutLosingTheConnection() throws Exception {
        var connections = new CopyOnWriteArrayList<Integer>();
        try (var server =
                        RawServer.talking((socket, n) -> {
                            connections.add(n);
                            var in = socket.getInputStream();
                            RawServer.request(in);
                            say(socket, answer(EVENTS, ""));
                            say(socket, "0\r\n\r\n");
                            RawServer.request(in);
                            say(socket, answer(EVENTS, "0\r\n\r\n"));
                            in.readAllBytes();
                        });
                var model = at(server)) {
            ask(model);
            ask(model);
            assertEquals(List.of(1), connections);
        }
    }

    @Test
    void aServerThatNeverEndsItsBodyCostsAConnectionButNoWait() throws Exception {
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.request(socket.getInputStream());
                            say(socket, answer(EVENTS, ""));
                            socket.getInputStream().readAllBytes();
                        });
                var model = at(server)) {
            long begin = System.nanoTime();
            ask(model);
            ask(model);
            ask(model);
            assertTrue(System.nanoTime() - begin < 2_000_000_000L);
        }
    }

    @Test
    void aRefusalThatComesBeforeTheWholeRequestIsHeard() throws Exception {
        var large = ModelRequest.of("m", List.of(Message.user("x".repeat(20 << 20))));
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.head(socket.getInputStream());
                            say(
                                    socket,
                                    "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                            socket.shutdownOutput();
                            var scrap = new byte[65536];
                            for (int i = 0; i < 10; i++) {
                                socket.getInputStream().read(scrap);
                            }
                            socket.setSoLinger(true, 0);
                        });
                var model = at(server)) {
            var failure = assertThrows(ModelException.class, () -> ask(model, large));
            assertTrue(
                    failure.code() == ErrorCode.API_REQUEST_TOO_LARGE
                            || failure.code() == ErrorCode.API_STREAM_BROKEN,
                    failure.toString());
        }
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        try (var server =
                        RawServer.answering(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                        + answer(EVENTS, "0\r\n\r\n"));
                var model = at(server)) {
            assertEquals("msg_1", ask(model).reply().messageId());
        }
    }

    @Test
    void aBodyMayEndWithTheConnection() throws Exception {
        try (var server =
                        RawServer.talking((socket, n) -> {
                            RawServer.request(socket.getInputStream());
                            say(
                                    socket,
                                    "HTTP/1.0 200 OK\nContent-Type: text/event-stream\n\n"
                                            + EVENTS);
                        });
                var model = at(server)) {
            assertEquals("msg_1", ask(model).reply().messageId());
            assertEquals("msg_1", ask(model).reply().messageId());
        }
    }

    @Test
    void headersArriveAsSet() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("x"), error(500)));
                var model =
                        Models.at(
                                api,
                                o ->
                                        o.header("X-Team", "blue")
                                                .betas(List.of("one", "two"))
                                                .userAgent("tests/1"))) {
            ask(model);
            var request = api.lastRequest();
            assertEquals("sk-secret-key", request.header("x-api-key"));
            assertEquals("2023-06-01", request.header("anthropic-version"));
            assertEquals("blue", request.header("x-team"));
            assertEquals(List.of("one", "two"), request.betas());
            assertTrue(
                    request.header("user-agent")
                            .matches("bowline/\\d+\\.\\d+\\.\\d+\\S* \\(java \\d+\\) tests/1"),
                    request.header("user-agent"));
        }
    }
}
