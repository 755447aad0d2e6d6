package dev.bowline.testkit.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a fake API says and how strict it is. Queued replies come first, one per request; then the
/// function, if there is one; then a 500 that names the request, noted as a failure.
public final class ApiScript {
    final List<FakeReply> queue = new ArrayList<>();
    @Nullable Function<FakeRequest, FakeReply> function;
    Rules rules = Rules.service();
    List<String> models = List.of("claude-opus-4-8", "claude-sonnet-5", "claude-haiku-4-5");
    boolean modelsChecked;
    boolean tls;
    int keptRequests = 10_000;

    /// An empty script with the service's rules.
    public ApiScript() {}

    /// Queues replies, one per valid message request.
    public ApiScript reply(FakeReply... replies) {
        queue.addAll(Arrays.asList(replies));
        return this;
    }

    /// Answers every request that finds the queue empty. The function is called by many threads at
    /// once; null or an exception counts as a failure of the test.
    public ApiScript replyWith(Function<FakeRequest, FakeReply> answer) {
        function = Objects.requireNonNull(answer);
        return this;
    }

    /// Changes the rules that requests are held to.
    public ApiScript rules(UnaryOperator<Rules> change) {
        rules = change.apply(rules);
        return this;
    }

    /// The models that exist; requests for others get a 404. Without this call every model exists.
    public ApiScript models(String... ids) {
        models = List.of(ids);
        modelsChecked = true;
        return this;
    }

    /// Serves HTTPS with a self-signed certificate that only [ApiServer#clientTls()] trusts.
    public ApiScript tls() {
        tls = true;
        return this;
    }

    /// How many requests are kept for inspection; the oldest are dropped first. 10,000 without this
    /// call.
    public ApiScript keepRequests(int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "the number of kept requests must not be negative, not " + count);
        }
        keptRequests = count;
        return this;
    }
}
