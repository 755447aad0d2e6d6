package dev.bowline.model;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.StreamEvent;
import dev.bowline.time.TimeSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A model that repeats calls which may succeed later. Before each wait listeners hear
/// [StreamEvent.Retrying]; what was streamed before it is void. Interruption and failures that are
/// not retryable end the call at once, as does the last failure when no repetition is left.
public final class RetryingModel implements Model {
    private final Model model;
    private final Retry retry;
    private final TimeSource time;
    private final RandomGenerator random;
    private final int overloads;

    private RetryingModel(
            Model model, Retry retry, TimeSource time, RandomGenerator random, int overloads) {
        this.model = model;
        this.retry = retry;
        this.time = time;
        this.random = random;
        this.overloads = overloads;
    }

    public static RetryingModel of(Model model, Retry retry) {
        return of(model, retry, TimeSource.system(), RandomGenerator.getDefault());
    }

    /// With time and chance handed in; `random` may be asked by several threads at once.
    public static RetryingModel of(
            Model model, Retry retry, TimeSource time, RandomGenerator random) {
        return new RetryingModel(model, retry, time, random, Integer.MAX_VALUE);
    }

    /// The same model, but a call is repeated at most `count` times because the service is
    /// overloaded: for a model in whose place another can be asked.
    public RetryingModel overloadedAtMost(int count) {
        return new RetryingModel(model, retry, time, random, count);
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        int overloaded = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                return model.reply(request, events);
            } catch (ModelException e) {
                overloaded += e.code() == ErrorCode.API_OVERLOADED ? 1 : 0;
                if (!e.retryable() || attempt > retry.maxRetries() || overloaded > overloads) {
                    throw e;
                }
                pause(attempt, e, events);
            }
        }
    }

    private void pause(int attempt, ModelException failure, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        var delay = retry.delay(attempt, failure, random);
        Integer status = failure.status() == 0 ? null : failure.status();
        events.accept(
                new StreamEvent.Retrying(
                        attempt, retry.maxRetries(), delay, status, text(failure)));
        time.sleep(delay);
    }

    static String text(ModelException failure) {
        var message = failure.getMessage();
        return message == null ? failure.code().wire() : message;
    }
}
