package dev.bowline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.Message;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryingModelTest {
    private static final ModelRequest REQUEST =
            ModelRequest.of("m", List.of(Message.user("hello")));
    private static final ModelReply REPLY =
            ModelReply.of(
                    "id",
                    "m",
                    List.of(new ContentBlock.Text("hi")),
                    StopReason.END_TURN,
                    Usage.NONE);
    private static final RandomGenerator NO_JITTER = () -> 0L;

    private final VirtualTime time = new VirtualTime();
    private final List<StreamEvent> heard = new ArrayList<>();
    private int calls;

    private Model failing(int times, ModelException failure) {
        return (request, events) -> {
            if (calls++ < times) {
                throw failure;
            }
            return REPLY;
        };
    }

    private static ModelException failure(int status, boolean retryable, Duration after) {
        return new ModelException(
                ErrorCode.API_OVERLOADED, "busy", status, retryable, after, null, null);
    }

    private ModelReply ask(Model model, Retry retry) throws InterruptedException {
        return RetryingModel.of(model, retry, time, NO_JITTER).reply(REQUEST, heard::add);
    }

    @Test
    void doublesTheWaitUpToTheCap() throws Exception {
        assertSame(REPLY, ask(failing(9, failure(529, true, null)), Retry.DEFAULT));
        assertEquals(
                List.of(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 32000L, 32000L, 32000L),
                time.sleeps.stream().map(Duration::toMillis).toList());
    }

    @Test
    void saysBeforeEachWaitThatItRetries() throws Exception {
        ask(failing(1, failure(529, true, null)), Retry.DEFAULT);
        assertEquals(
                List.of(new StreamEvent.Retrying(1, 10, Duration.ofMillis(500), 529, "busy")),
                heard);
    }

    @Test
    void aFailureWithoutStatusIsReportedWithoutOne() throws Exception {
        ask(failing(1, failure(0, true, null)), Retry.DEFAULT);
        assertEquals(null, ((StreamEvent.Retrying) heard.getFirst()).status());
    }

    @Test
    void waitsAsLongAsTheServiceAsksUpToItsCap() throws Exception {
        ask(failing(1, failure(429, true, Duration.ofSeconds(7))), Retry.DEFAULT);
        calls = 0;
        ask(failing(1, failure(429, true, Duration.ofHours(1))), Retry.DEFAULT);
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofMinutes(2)), time.sleeps);
    }

    @Test
    void aFailureThatCannotPassEndsAtOnce() {
        var failure = failure(401, false, null);
        assertSame(
                failure,
                assertThrows(ModelException.class, () -> ask(failing(9, failure), Retry.DEFAULT)));
        assertEquals(1, calls);
        assertEquals(List.of(), heard);
    }

    @Test
    void theLastFailureIsThrownWhenNoRetryIsLeft() {
        var retry = Retry.DEFAULT.withMaxRetries(2);
        assertThrows(ModelException.class, () -> ask(failing(9, failure(529, true, null)), retry));
        assertEquals(3, calls);
        assertEquals(2, heard.size());
    }

    @Test
    void anInterruptedCallIsNotRepeated() {
        Model interrupted =
                (request, events) -> {
                    calls++;
                    throw new InterruptedException();
                };
        assertThrows(InterruptedException.class, () -> ask(interrupted, Retry.DEFAULT));
        assertEquals(1, calls);
    }

    @Test
    void anInterruptEndsTheWait() {
        Model model = failing(9, failure(529, true, null));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> ask(model, Retry.DEFAULT));
        assertEquals(1, calls);
    }

    @Test
    void jitterShortensAWaitByAtMostHalf() {
        var random = RandomGenerator.getDefault();
        for (int i = 0; i < 1000; i++) {
            var delay = Retry.DEFAULT.delay(2, failure(529, true, null), random).toMillis();
            assertTrue(delay >= 500 && delay <= 1000, () -> "delay " + delay);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Retry.DEFAULT.withMaxRetries(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Retry(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO));
    }
}
