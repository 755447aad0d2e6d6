package dev.bowline.loop;

import dev.bowline.error.BowlineException;
import dev.bowline.message.ContentBlock;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A prompt that was handed in: who listens to its turn, whether that turn could begin, and how it
/// ended once it has.
public final class Waiting {
    /// What the prompt says, until its turn has begun. `queued` tells that it is on record as
    /// waiting.
    record Wanted(List<ContentBlock> content, String source, boolean queued) {}

    private final UUID promptId;
    private final Consumer<? super Update> listener;
    private final CountDownLatch admitted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong validated = new AtomicLong();
    private volatile @Nullable Wanted wanted;
    private volatile @Nullable BowlineException refusal;
    private volatile @Nullable String stopped;
    private volatile @Nullable Outcome outcome;
    private volatile String text = "";
    private volatile List<Entry> entries = List.of();

    Waiting(UUID promptId, Consumer<? super Update> listener) {
        this.promptId = promptId;
        this.listener = listener;
    }

    /// It is about to be used.
    void wants(Wanted what) {
        wanted = what;
    }

    /// What is to be said, as long as its turn hasn't begun.
    Optional<Wanted> wanted() {
        return Optional.ofNullable(wanted);
    }

    /// Its turn is open. `stop` is why a hook ends it at once, or null.
    void begun(List<Entry> first, @Nullable String stop) {
        entries = first;
        stopped = stop;
        wanted = null;
        admitted.countDown();
    }

    /// It can't be used; whoever hands it in gets to know.
    void refuse(BowlineException why) {
        refusal = why;
        admitted.countDown();
    }

    /// Waits until it was begun or refused.
    void awaitAdmission() throws InterruptedException {
        admitted.await();
    }

    Optional<BowlineException> refusal() {
        return Optional.ofNullable(refusal);
    }

    Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /// What was recorded when its turn began.
    List<Entry> entries() {
        return entries;
    }

    public UUID promptId() {
        return promptId;
    }

    Consumer<? super Update> listener() {
        return listener;
    }

    /// Looking at it took so long, in nanoseconds; hooks included.
    void looked(long nanos) {
        validated.addAndGet(nanos);
    }

    long validated() {
        return validated.get();
    }

    void end(Outcome how, String lastText) {
        text = lastText;
        outcome = how;
        ended.countDown();
    }

    /// How the turn ended, waiting for it.
    public Outcome await() throws InterruptedException {
        ended.await();
        return outcome().orElseThrow();
    }

    public Optional<Outcome> await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS) ? outcome() : Optional.empty();
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /// The text of the turn's last reply.
    public String text() {
        return text;
    }
}
