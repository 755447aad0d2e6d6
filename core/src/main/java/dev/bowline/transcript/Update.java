package dev.bowline.transcript;

import dev.bowline.message.StreamEvent;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a subscriber sees: durable entries, and what is being typed right now.
public sealed interface Update
        permits Entry,
                Update.Delta,
                Update.Snapshot,
                Update.Progress,
                Update.Compacting,
                Update.Running,
                Update.Task {
    /// A piece of a message that is still being made. It is superseded by the entry that follows,
    /// which will have the id `entry` unless the message fails or nothing of it is kept.
    record Delta(UUID entry, StreamEvent event) implements Update {}

    /// For who joins in the middle of a message: the text so far.
    record Snapshot(String textSoFar) implements Update {}

    /// The conversation is being summarised (`failure` is null), or could not be. When it was, an
    /// [Event.Compacted] follows. `trigger` is `manual` or `auto`.
    record Compacting(String trigger, @Nullable String failure) implements Update {}

    /// A word from a tool that takes its time.
    record Progress(String toolUseId, String tool, String text) implements Update {}

    /// A call still runs; every 30 s.
    record Running(String toolUseId, String tool, Duration elapsed) implements Update {}

    /// What has happened to a task that runs beside the conversation.
    record Task(dev.bowline.message.Task.News news) implements Update {}
}
