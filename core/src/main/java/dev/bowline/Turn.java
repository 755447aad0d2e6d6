package dev.bowline;

import dev.bowline.json.Json;
import dev.bowline.loop.SessionLoop;
import dev.bowline.loop.Waiting;
import dev.bowline.transcript.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// One answer being made. The prompt is already durable when you hold one of these.
public final class Turn {
    private final Waiting waiting;
    private final SessionLoop loop;

    Turn(Waiting waiting, SessionLoop loop) {
        this.waiting = waiting;
        this.loop = loop;
    }

    public UUID promptId() {
        return waiting.promptId();
    }

    /// How the turn ended, waiting for it. A prompt that joined another turn ends with that one.
    public Outcome await() throws InterruptedException {
        return waiting.await();
    }

    /// The same, waiting at most so long; empty when the turn goes on.
    public Optional<Outcome> await(Duration atMost) throws InterruptedException {
        return waiting.await(atMost);
    }

    /// How it ended, if it has.
    public Optional<Outcome> outcome() {
        return waiting.outcome();
    }

    /// Waits for the end and gives the text of the last reply, which may be empty.
    public String text() throws InterruptedException {
        waiting.await();
        return waiting.text();
    }

    /// Waits for the end and gives the structured output, if a schema was asked for and a value
    /// came that fits it.
    public Optional<Json> structured() throws InterruptedException {
        return waiting.await() instanceof Outcome.Completed done
                ? Optional.ofNullable(done.structured())
                : Optional.empty();
    }

    /// Stops it: withdraws the prompt if it still waits, else interrupts the session's turn.
    /// Returns at once; [#await()] tells when it is over.
    public void interrupt() {
        if (!loop.withdraw(waiting.promptId()) && waiting.outcome().isEmpty()) {
            loop.interrupt("user");
        }
    }
}
