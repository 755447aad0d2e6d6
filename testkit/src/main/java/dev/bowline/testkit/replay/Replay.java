package dev.bowline.testkit.replay;

import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import dev.bowline.testkit.api.RawReply;
import dev.bowline.testkit.api.Unscripted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Recorded exchanges as the script of a fake API. Each message exchange is served once; recordings
/// of other paths are left out, since the fake answers those itself. Safe for use by many threads.
public final class Replay implements Function<FakeRequest, FakeReply> {
    private static final int SHOWN_DIFFERENCES = 5;

    private final List<Exchange> all;
    private final List<Exchange> left;
    private final boolean ordered;
    private final boolean anyContent;
    private final boolean paced;
    private final ReentrantLock lock = new ReentrantLock();

    private Replay(List<Exchange> all, boolean ordered, boolean anyContent, boolean paced) {
        this.all = all;
        this.left = new ArrayList<>(all);
        this.ordered = ordered;
        this.anyContent = anyContent;
        this.paced = paced;
    }

    /// The recordings of a directory, matched by content in any order, as fast as possible.
    ///
    /// @throws java.io.UncheckedIOException when the directory cannot be read
    /// @throws IllegalArgumentException when a file is not an exchange of a known version
    public static Replay of(Path directory) {
        var messages =
                ExchangeFile.readAll(directory).stream()
                        .filter(exchange -> exchange.path().equals("/v1/messages"))
                        .toList();
        return new Replay(messages, false, false, false);
    }

    /// Requests must also come in the recorded order.
    public Replay inOrder() {
        return new Replay(all, true, anyContent, paced);
    }

    /// The recordings are served in order, whatever the requests say.
    public Replay anyContent() {
        return new Replay(all, true, true, paced);
    }

    /// Answers take as long as they took when recorded.
    public Replay atRecordedPace() {
        return new Replay(all, ordered, anyContent, true);
    }

    /// Recordings that nobody asked for yet.
    public int unserved() {
        lock.lock();
        try {
            return left.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FakeReply apply(FakeRequest request) {
        lock.lock();
        try {
            if (left.isEmpty()) {
                return new Unscripted(
                        "request "
                                + request.number()
                                + " came after all "
                                + all.size()
                                + " recordings had been served");
            }
            var hash =
                    anyContent
                            ? ""
                            : Exchange.hash(request.method(), request.path(), request.text());
            var candidates = ordered ? left.subList(0, 1) : left;
            for (var exchange : candidates) {
                if (anyContent || exchange.hash().equals(hash)) {
                    left.remove(exchange);
                    return reply(exchange);
                }
            }
            return mismatch(request, List.copyOf(candidates));
        } finally {
            lock.unlock();
        }
    }

    private Unscripted mismatch(FakeRequest request, List<Exchange> candidates) {
        var came = Exchange.comparable(request.text());
        var nearest = candidates.getFirst();
        var fewest = Differences.between(Exchange.comparable(nearest.requestBody()), came);
        for (var candidate : candidates) {
            var differences =
                    Differences.between(Exchange.comparable(candidate.requestBody()), came);
            if (differences.size() < fewest.size()) {
                nearest = candidate;
                fewest = differences;
            }
        }
        var shown =
                String.join("; ", fewest.subList(0, Math.min(SHOWN_DIFFERENCES, fewest.size())));
        var more = fewest.size() - SHOWN_DIFFERENCES;
        return new Unscripted(
                "request "
                        + request.number()
                        + " fits no recording; "
                        + (ordered ? "the next one" : "the nearest one")
                        + " (number "
                        + (all.indexOf(nearest) + 1)
                        + ") differs at "
                        + shown
                        + (more > 0 ? "; and " + more + " more places" : ""));
    }

    private RawReply reply(Exchange exchange) {
        var parts = new ArrayList<RawReply.Part>();
        var before = Duration.ZERO;
        for (var part : exchange.parts()) {
            parts.add(
                    new RawReply.Part(
                            paced ? part.after().minus(before) : Duration.ZERO, part.text()));
            before = part.after();
        }
        return new RawReply(
                exchange.status(), exchange.responseHeaders(), parts, !exchange.complete());
    }
}
