package dev.bowline.cli.prompt;

import dev.bowline.Agent;
import dev.bowline.Session;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.command.Place;
import dev.bowline.cli.frame.CommandFrames;
import dev.bowline.cli.frame.CompactionFrames;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.output.Output;
import dev.bowline.json.JsonOut;
import dev.bowline.memory.Compaction;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.Update;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// A command in place of a turn, told in whatever format was asked for.
final class CommandTurn implements Place {
    private final Agent agent;
    private final TimeSource time;
    private final String model;
    private final List<String> instructions;
    private final Compaction compaction;
    private final BiConsumer<Session, Output> begin;
    private final Function<Session, Output> outputs;
    private Session session;
    private Output output;
    private Ending ending = Ending.command("", false);

    /// @param model the name of the one that answers a new session
    /// @param begin tells an output that something begins
    /// @param outputs makes the output for a session
    CommandTurn(
            Session session,
            Agent agent,
            TimeSource time,
            String model,
            List<String> instructions,
            Compaction compaction,
            BiConsumer<Session, Output> begin,
            Function<Session, Output> outputs) {
        this.session = session;
        this.agent = agent;
        this.time = time;
        this.model = model;
        this.instructions = instructions;
        this.compaction = compaction;
        this.begin = begin;
        this.outputs = outputs;
        this.output = outputs.apply(session);
    }

    /// Carries it out; whether it failed.
    boolean run(LocalCommand command) throws InterruptedException {
        var record = new TurnRecord(time, command.name());
        command.run(this);
        output.end(ending, record, session.state());
        return ending.isError();
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public List<String> instructions() {
        return instructions;
    }

    @Override
    public Compaction compaction() {
        return compaction;
    }

    @Override
    public void compacting(Update update) {
        output.frames(frames -> frames.update(update, new TurnRecord(time)));
    }

    @Override
    public void compacted(Entry entry, Event.Compacted done) {
        output.frames(CompactionFrames::over);
        begin.accept(session, output);
        output.frames(frames -> CompactionFrames.summary(frames, entry, done));
        output.frames(frames -> CommandFrames.output(frames, time.now(), "Compacted "));
    }

    @Override
    public void words(LocalCommand command, String text, Consumer<JsonOut> fields) {
        begin.accept(session, output);
        output.frames(frames ->
                CommandFrames.words(
                        frames, time.now(), command.name(), command.arguments(), text, fields));
        ending = Ending.command(text, false);
    }

    @Override
    public String model() {
        var said = session.state().model();
        return said.isEmpty() ? model : said;
    }

    @Override
    public void failed(LocalCommand command, String why) {
        words(command, why, frame -> {});
        ending = Ending.command(why, true);
    }

    @Override
    public void renew(LocalCommand command) {
        var next = agent.open();
        output.frames(frames ->
                CommandFrames.reset(frames, time.now(), next.id().value(), UUID.randomUUID()));
        session.close();
        session = next;
        output = outputs.apply(next);
        begin.accept(next, output);
    }
}
