package dev.bowline.anthropic;

import static dev.bowline.anthropic.AnthropicModelTest.sse;
import static dev.bowline.anthropic.AnthropicModelTest.start;
import static dev.bowline.anthropic.Models.ask;
import static dev.bowline.testkit.api.FakeReply.error;
import static dev.bowline.testkit.api.FakeReply.noAnswer;
import static dev.bowline.testkit.api.FakeReply.promptTooLong;
import static dev.bowline.testkit.api.FakeReply.raw;
import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.ErrorCode;
import dev.bowline.model.ModelException;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.Cut;
import dev.bowline.testkit.api.ErrorReply;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.Garbage;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static ModelException failure(FakeReply reply) throws Exception {
        return failure(reply, o -> {});
    }

    private static ModelException failure(FakeReply reply, Consumer<AnthropicOptions> options)
            throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(reply));
                var model = Models.at(api, options)) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertOneSentence(failure);
            return failure;
        }
    }

    private static void assertOneSentence(ModelException failure) {
        var message = String.valueOf(failure.getMessage());
        assertFalse(message.contains("sk-secret-key"), message);
        assertFalse(message.contains("\n"), message);
        assertTrue(message.endsWith(".") && message.length() < 600, message);
    }

    @ParameterizedTest
    @CsvSource({
        "400, API_INVALID_REQUEST, false",
        "401, API_AUTHENTICATION, false",
        "402, API_PERMISSION, false",
        "403, API_PERMISSION, false",
        "404, API_MODEL_NOT_FOUND, false",
        "408, API_TIMEOUT, true",
        "409, API_SERVER, true",
        "413, API_REQUEST_TOO_LARGE, false",
        "429, API_RATE_LIMIT, true",
        "500, API_SERVER, true",
        "502, API_SERVER, true",
        "503, API_OVERLOADED, true",
        "504, API_SERVER, true",
        "529, API_OVERLOADED, true"
    })
    void everyStatusHasACodeAndSaysWhetherRetryingHelps(
            int status, ErrorCode code, boolean retryable) throws Exception {
        var failure = failure(error(status, "said by the service"));
        assertEquals(code, failure.code());
        assertEquals(retryable, failure.retryable());
        assertEquals(status, failure.status());
        assertNotNull(failure.requestId());
        assertTrue(failure.getMessage().contains("said by the service"), failure.getMessage());
    }

    @Test
    void aRefusedKeyIsNamedByWhereItCameFrom() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.rules(r -> r.apiKey("another")));
                var model =
                        AnthropicModel.fromEnvironment(
                                Map.of(
                                        "ANTHROPIC_BASE_URL",
                                        api.baseUrl(),
                                        "ANTHROPIC_API_KEY",
                                        "sk-secret-key"))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_AUTHENTICATION, failure.code());
            assertTrue(failure.getMessage().contains("ANTHROPIC_API_KEY"), failure.getMessage());
            assertOneSentence(failure);
        }
    }

    @Test
    void aMissingKeySaysWhatToSet() throws Exception {
        try (var api = FakeMessagesApi.start(a -> {});
                var model = AnthropicModel.of(o -> o.baseUrl(api.baseUrl()))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_AUTHENTICATION, failure.code());
            assertTrue(
                    failure.getMessage().contains("set ANTHROPIC_API_KEY"), failure.getMessage());
        }
    }

    @Test
    void aSecretThatTheServiceEchoesIsCutOut() throws Exception {
        assertTrue(
                failure(error(400, "bad header sk-secret-key"))
                        .getMessage()
                        .contains("bad header ***"));
    }

    @Test
    void anUnknownModelIsNamedWithTheBaseUrl() throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.models("other"));
                var model = Models.at(api)) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_MODEL_NOT_FOUND, failure.code());
            assertTrue(
                    failure.getMessage()
                            .startsWith(api.baseUrl() + " has no model \"claude-sonnet-5\""),
                    failure.getMessage());
        }
    }

    @Test
    void aPromptThatIsTooLongHasItsOwnCode() throws Exception {
        var failure = failure(promptTooLong(210_000, 200_000));
        assertEquals(ErrorCode.API_PROMPT_TOO_LONG, failure.code());
        assertFalse(failure.retryable());
    }

    @Test
    void theServiceDecidesAboutRetries() throws Exception {
        assertFalse(failure(error(529).shouldRetry(false)).retryable());
        assertTrue(failure(error(400).shouldRetry(true)).retryable());
    }

    @Test
    void theWaitThatTheServiceAsksForIsUnderstood() throws Exception {
        assertEquals(
                Duration.ofMillis(1500), failure(error(529).retryAfterMillis(1500)).retryAfter());
        assertEquals(
                Duration.ofSeconds(7),
                failure(error(429).retryAfter(Duration.ofSeconds(7))).retryAfter());
        var date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5));
        var wait = failure(error(429).retryAfter(date)).retryAfter();
        assertTrue(
                wait != null
                        && wait.compareTo(Duration.ofMinutes(4)) > 0
                        && wait.compareTo(Duration.ofMinutes(5)) <= 0,
                String.valueOf(wait));
        assertEquals(null, failure(error(429).retryAfter("soon")).retryAfter());
    }

    @Test
    void anHtmlPageIsCutToItsText() throws Exception {
        var message = failure(error(502).html()).getMessage();
        assertTrue(message.contains("(HTTP 502: 502 from a gateway)"), message);
        var long_ =
                failure(
                        new ErrorReplyWith("<html><script>x()</script>" + "word ".repeat(5000))
                                .reply());
        assertTrue(long_.getMessage().length() < 400, long_.getMessage());
        assertFalse(long_.getMessage().contains("x()"));
    }

    private record ErrorReplyWith(String body) {
        ErrorReply reply() {
            return error(503).body("text/html", body);
        }
    }

    @Test
    void anErrorWithinAStreamHasTheCodeOfItsType() throws Exception {
        var overloaded = failure(text("some text").overloadedAfter(3));
        assertEquals(ErrorCode.API_OVERLOADED, overloaded.code());
        assertEquals(529, overloaded.status());
        assertTrue(overloaded.retryable());
        var limited = failure(text("x").errorAfter(2, "rate_limit_error", "slow down"));
        assertEquals(ErrorCode.API_RATE_LIMIT, limited.code());
        var invalid = failure(text("x").errorAfter(2, "invalid_request_error", "no"));
        assertFalse(invalid.retryable());
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void aStreamThatBreaksOffCanBeRetried(Cut cut) throws Exception {
        for (int after = 0; after < 5; after++) {
            var failure = failure(text("one two three").disconnectAfter(after, cut));
            assertEquals(ErrorCode.API_STREAM_BROKEN, failure.code());
            assertTrue(failure.retryable());
        }
        assertEquals(
                ErrorCode.API_STREAM_BROKEN,
                failure(text("one two").disconnectInsideEventAfter(3, cut)).code());
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void anAnswerWithoutAStreamThatBreaksOffIsRefused(Cut cut) throws Exception {
        var failure = failure(text("one two").disconnectAfter(2, cut), o -> o.streaming(false));
        assertEquals(
                cut == Cut.EOF ? ErrorCode.API_BAD_ANSWER : ErrorCode.API_STREAM_BROKEN,
                failure.code());
        assertTrue(failure.retryable());
    }

    @ParameterizedTest
    @EnumSource(
            value = Garbage.class,
            names = {"MALFORMED_JSON", "WRONG_INDEX"})
    void garbageInAStreamIsABadAnswer(Garbage garbage) throws Exception {
        var failure = failure(text("one two").garbageAfter(3, garbage));
        assertEquals(ErrorCode.API_BAD_ANSWER, failure.code());
        assertTrue(failure.retryable());
    }

    @Test
    void aPageInPlaceOfTheRestOfAStreamIsAFailure() throws Exception {
        assertTrue(failure(text("one two").garbageAfter(3, Garbage.HTML)).retryable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>welcome</html>",
                "",
                "[]",
                "{}",
                "{\"id\":\"x\",\"content\":5}",
                "{\"id\":\"x\",\"content\":["
            })
    void aPageOrOtherJsonInPlaceOfAMessageIsABadAnswer(String body) throws Exception {
        var failure = failure(raw(200, Map.of("content-type", "text/html"), body));
        assertEquals(ErrorCode.API_BAD_ANSWER, failure.code());
        assertTrue(failure.getMessage().contains("check that the base URL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message_stop\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}",
                "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"message_start\",\"message\":7}",
                "7"
            })
    void eventsOutOfTurnAreABadAnswer(String event) throws Exception {
        assertEquals(ErrorCode.API_BAD_ANSWER, failure(sse(event)).code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_start\",\"index\":0}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_start\",\"message\":{}}",
                "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":99999999999999999999999}}"
            })
    void blocksOutOfTurnAreABadAnswer(String event) throws Exception {
        assertEquals(ErrorCode.API_BAD_ANSWER, failure(sse(start(), event)).code());
    }

    @Test
    void aBlockThatIsNotClosedIsNeverReturned() throws Exception {
        var failure =
                failure(
                        sse(
                                start(),
                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":{}}}",
                                "{\"type\":\"message_stop\"}"));
        assertEquals(ErrorCode.API_BAD_ANSWER, failure.code());
    }

    @Test
    void silenceWithinAStreamIsATimeout() throws Exception {
        var failure =
                failure(text("one two").stallAfter(3), o -> o.idleTimeout(Duration.ofMillis(150)));
        assertEquals(ErrorCode.API_TIMEOUT, failure.code());
        assertTrue(failure.retryable());
        assertTrue(failure.getMessage().contains("silent for 150 ms (idle time-out)"));
    }

    @Test
    void noFirstByteIsATimeout() throws Exception {
        var failure = failure(noAnswer(), o -> o.firstByteTimeout(Duration.ofMillis(150)));
        assertEquals(ErrorCode.API_TIMEOUT, failure.code());
        assertTrue(failure.getMessage().contains("within 150 ms (first-byte time-out)"));
    }

    @Test
    void nobodyAtThePortIsUnreachable() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var model = AnthropicModel.of(o -> o.baseUrl("http://127.0.0.1:" + port))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_UNREACHABLE, failure.code());
            assertTrue(failure.getMessage().contains("127.0.0.1:" + port), failure.getMessage());
            assertOneSentence(failure);
        }
    }

    @Test
    void anUnknownHostIsUnreachable() {
        try (var model = AnthropicModel.of(o -> o.baseUrl("http://no-such-host.invalid"))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_UNREACHABLE, failure.code());
            assertTrue(failure.getMessage().contains("no-such-host.invalid:80"));
        }
    }

    @Test
    void aServerThatDoesNotSpeakHttpIsABadAnswer() throws Exception {
        try (var server =
                        RawServer.answering("220 mail.example ESMTP ready, tell me more\r\n\r\n");
                var model = AnthropicModel.of(o -> o.baseUrl(server.url()))) {
            var failure = assertThrows(ModelException.class, () -> ask(model));
            assertEquals(ErrorCode.API_BAD_ANSWER, failure.code());
            assertTrue(failure.getMessage().contains("not HTTP"), failure.getMessage());
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        var failure = failure(raw(307, Map.of("location", "http://elsewhere"), ""));
        assertEquals(ErrorCode.API_BAD_ANSWER, failure.code());
        assertFalse(failure.retryable());
    }
}
