package dev.bowline.cli.command;

import dev.bowline.Session;
import dev.bowline.json.JsonOut;
import dev.bowline.memory.Compaction;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.util.List;
import java.util.function.Consumer;

/// Where a command is carried out, and who hears of it. Called on one thread, but for
/// [#compacting].
public interface Place {
    Session session();

    /// The model that answers.
    String model();

    /// The parts of the system prompt.
    List<String> instructions();

    /// When conversations are summarised by themselves.
    Compaction compaction();

    /// A summary is being made, or could not be.
    void compacting(Update update);

    /// It was made.
    void compacted(Entry entry, Event.Compacted done);

    /// The command has something to say; `fields` are for programs.
    void words(LocalCommand command, String text, Consumer<JsonOut> fields);

    /// The command could not be carried out.
    void failed(LocalCommand command, String why);

    /// Leaves the session for a new one.
    void renew(LocalCommand command);
}
