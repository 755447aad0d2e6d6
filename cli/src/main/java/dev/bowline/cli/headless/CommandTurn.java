package dev.bowline.cli.headless;

import dev.bowline.Session;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.command.Place;
import dev.bowline.cli.frame.CommandFrames;
import dev.bowline.cli.frame.CompactionFrames;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.json.JsonOut;
import dev.bowline.memory.Compaction;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// A command of the user's in place of a turn: the frames of what it does, and its result.
final class CommandTurn implements Place {
    private final Chat chat;
    private final Results results;
    private final TimeSource time;
    private final UUID prompt;
    private Chat.Open open;
    private Ending ending = Ending.command("", false);

    CommandTurn(Chat chat, Results results, TimeSource time, UUID prompt) {
        this.chat = chat;
        this.results = results;
        this.time = time;
        this.prompt = prompt;
        this.open = chat.open();
    }

    /// The command that a message of the user's is, if it is one.
    static Optional<LocalCommand> commandOf(HostLine.User user, Arguments args) {
        return user.verbatim() || user.synthetic() || args.has("--disable-slash-commands")
                ? Optional.empty()
                : LocalCommand.of(user.content());
    }

    /// Carries it out and ends it with a result, whatever happens.
    void run(LocalCommand command) {
        var record = new TurnRecord(time, command.name());
        results.busy(open);
        try {
            command.run(this);
        } catch (InterruptedException e) {
            failed(command, "/" + command.name() + " was interrupted; nothing has changed");
        }
        results.end(open, ending, record, List.of(prompt), false);
    }

    /// Says that nothing is left to do, if so.
    void over() {
        results.afterTurn(open.frames(), open.session().state());
    }

    @Override
    public Session session() {
        return open.session();
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public List<String> instructions() {
        return chat.instructions();
    }

    @Override
    public Compaction compaction() {
        return chat.compaction();
    }

    @Override
    public void compacting(Update update) {
        open.frames().update(update, new TurnRecord(time));
    }

    @Override
    public void compacted(Entry entry, Event.Compacted done) {
        CompactionFrames.over(open.frames());
        results.begin(open, List.of(prompt));
        CompactionFrames.summary(open.frames(), entry, done);
        CommandFrames.output(open.frames(), time.now(), "Compacted ");
    }

    @Override
    public void words(LocalCommand command, String text, Consumer<JsonOut> fields) {
        results.begin(open, List.of(prompt));
        CommandFrames.words(
                open.frames(), time.now(), command.name(), command.arguments(), text, fields);
        ending = Ending.command(text, false);
    }

    @Override
    public void failed(LocalCommand command, String why) {
        words(command, why, frame -> {});
        ending = Ending.command(why, true);
    }

    @Override
    public void renew(LocalCommand command) {
        var old = open.frames();
        open = chat.renew(next -> CommandFrames.reset(old, time.now(), next, prompt));
        results.begin(open, List.of(prompt));
    }
}
