package dev.bowline.loop;

import dev.bowline.message.ContentBlock;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionState;
import dev.bowline.transcript.Transcript;
import dev.bowline.transcript.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The turn's way to the transcript: appends, then tells the turn's listener. Used by the turn's
/// thread only, but for [#progress].
final class Recorder {
    private final Transcript transcript;
    private volatile Consumer<? super Update> listener = update -> {};

    Recorder(Transcript transcript) {
        this.transcript = transcript;
    }

    /// From now on this one listens; the caller makes sure that no turn is under way.
    void listener(Consumer<? super Update> next) {
        listener = next;
    }

    SessionState state() {
        return transcript.state();
    }

    void record(Event... events) {
        tell(transcript.append(events));
    }

    void recordAll(List<Event> events) {
        if (!events.isEmpty()) {
            record(events.toArray(Event[]::new));
        }
    }

    /// Records what was announced as `first`, and what comes with it.
    void recordAs(UUID first, List<Event> events) {
        tell(transcript.append(first, events));
    }

    /// Records events if `condition` holds at that very moment; whether it did.
    boolean recordIf(Predicate<SessionState> condition, List<Event> events) {
        var recorded = transcript.appendIf(condition, events.toArray(Event[]::new));
        recorded.ifPresent(this::tell);
        return recorded.isPresent();
    }

    /// Tells the turn's listener of an entry that others have recorded, or an earlier turn.
    void repeat(Entry entry) {
        tell(entry);
    }

    private void tell(List<Entry> entries) {
        entries.forEach(this::tell);
    }

    /// Adds a hook's note to the conversation.
    void note(@Nullable String text) {
        if (text != null && !text.isBlank()) {
            record(new Event.Noted(Event.NoteKind.HOOK, List.of(new ContentBlock.Text(text))));
        }
    }

    /// A result, and what the call has changed for the session.
    void finished(Event.ToolFinished finished, Path directory, Optional<String> mode) {
        var events = new ArrayList<Event>(2);
        mode.filter(chosen -> !chosen.equals(transcript.state().mode()))
                .ifPresent(chosen -> events.add(new Event.ModeChanged(chosen)));
        events.add(finished);
        if (!directory.toString().equals(transcript.state().directory())) {
            events.add(new Event.DirectoryChanged(directory.toString()));
        }
        recordAll(events);
    }

    /// Shows something that isn't durable, from the turn's thread.
    void show(Update update) {
        transcript.show(update);
        tell(update);
    }

    /// The same from any thread; only those who follow the session see it.
    void progress(Update update) {
        transcript.show(update);
    }

    /// A listener that fails is told nothing more, and the turn hears of it once.
    private void tell(Update update) {
        try {
            listener.accept(update);
        } catch (RuntimeException | Error e) {
            listener = ignored -> {};
            throw new IllegalStateException("the listener of the turn failed: " + e, e);
        }
    }
}
