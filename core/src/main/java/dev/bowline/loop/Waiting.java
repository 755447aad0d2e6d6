package dev.bowline.loop;

import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A prompt that was accepted: who listens to its turn, and how that turn ended once it has.
public final class Waiting {
    private final UUID promptId;
    private final Consumer<? super Update> listener;
    private final Hooks.@Nullable Said said;
    private final long validated;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Outcome outcome;
    private volatile String text = "";
    private volatile List<Entry> entries = List.of();

    Waiting(
            UUID promptId,
            Consumer<? super Update> listener,
            Hooks.@Nullable Said said,
            long validated) {
        this.promptId = promptId;
        this.listener = listener;
        this.said = said;
        this.validated = validated;
    }

    void recorded(List<Entry> first) {
        entries = first;
    }

    /// What was recorded before the turn's thread took over.
    List<Entry> entries() {
        return entries;
    }

    public UUID promptId() {
        return promptId;
    }

    Consumer<? super Update> listener() {
        return listener;
    }

    /// What hooks said about the prompt; nothing if they weren't asked in this process.
    Optional<Hooks.Said> said() {
        return Optional.ofNullable(said);
    }

    long validated() {
        return validated;
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
