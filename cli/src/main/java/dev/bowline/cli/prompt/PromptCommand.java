package dev.bowline.cli.prompt;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.Turn;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.Ending;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.TurnRecord;
import dev.bowline.cli.output.JsonOutput;
import dev.bowline.cli.output.Notices;
import dev.bowline.cli.output.Output;
import dev.bowline.cli.output.StatusLine;
import dev.bowline.cli.output.StreamJsonOutput;
import dev.bowline.cli.output.Style;
import dev.bowline.cli.output.TerminalOutput;
import dev.bowline.cli.output.TextOutput;
import dev.bowline.cli.wiring.Answerer;
import dev.bowline.cli.wiring.Answerers;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.Effort;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.cli.wiring.RunOptions;
import dev.bowline.cli.wiring.SettingsHooks;
import dev.bowline.cli.wiring.Stores;
import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.permission.Approver;
import dev.bowline.project.hook.HookWatch;
import dev.bowline.project.hook.ServerTools;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Tool;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Update;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `bowline -p …`: one prompt, one turn, one result. On a terminal without `-p` a dialogue: the
/// same for each line that is typed.
public final class PromptCommand {
    private final Configuration settings;
    private final Arguments args;
    private final Console console;
    private final Running running;
    private final TimeSource time;
    private final Formats format;
    private final Style style;
    private final Trace trace;
    private final Answers answers;
    private final Effort effort;
    private final AtomicReference<@Nullable Session> current = new AtomicReference<>();
    private final @Nullable TerminalApprover asker;
    private final Notices notices;

    /// @throws UsageException when the flags cannot be understood together
    public PromptCommand(Configuration settings, Running running, TimeSource time) {
        this.settings = settings;
        this.args = settings.args();
        this.console = settings.console();
        this.running = running;
        this.time = time;
        this.format = Formats.output(args);
        this.style = Style.of(console.terminal().colour());
        Choice.check(args);
        RunOptions.check(args, console);
        this.effort = Effort.of(args, console);
        this.trace = Trace.of(args, console, time);
        this.answers = new Answers(console.in());
        this.notices = new Notices(console.err(), time.now());
        this.asker =
                console.terminal().asks()
                        ? new TerminalApprover(answers, console.err(), style)
                        : null;
    }

    /// Runs and returns the exit code.
    public int run() throws InterruptedException {
        boolean dialogue =
                !args.has("--print")
                        && format == Formats.TEXT
                        && console.terminal().in()
                        && console.terminal().out();
        var text =
                dialogue
                        ? String.join(" ", args.words())
                        : PromptText.read(args.words(), console, Choice.goesOn(args));
        try (var answerer = Answerers.of(args, console);
                var store = Stores.of(!args.has("--no-session-persistence"), console)) {
            var tools = Toolbox.chosen(args, settings.toolOptions());
            try (var agent = agent(answerer, store, tools);
                    var session = new Choice(args, agent, console.directory()).open()) {
                current.set(session);
                running.everything(() -> end(now(), store));
                Choice.prepare(session, args, answerer);
                notices.missed(session.entries());
                return dialogue
                        ? dialogue(agent, answerer, tools, text)
                        : say(agent, answerer, tools, text);
            } finally {
                running.everything(null);
                var last = current.getAndSet(null);
                if (last != null) {
                    last.close();
                }
            }
        }
    }

    private static void end(Session session, SessionStore store) {
        session.close();
        store.close();
    }

    private Agent agent(Answerer answerer, SessionStore store, List<Tool> tools) {
        return Agent.of(
                trace.around(answerer.model()),
                options -> {
                    settings.apply(options);
                    options.hooks(hooks(store))
                            .modelName(answerer.name())
                            .instructions(SystemPrompt.parts(args, console).toArray(String[]::new))
                            .tools(tools)
                            .store(store)
                            .approver(
                                    RunOptions.approver(
                                            args, asker == null ? Approver.NOBODY : asker))
                            .prices(answerer.prices())
                            .promptLimit(PromptText.LIMIT)
                            .time(time);
                    RunOptions.apply(args, console, options);
                    effort.apply(options, answerer.name());
                });
    }

    /// Those of the settings. Without a host nobody can tell what becomes of a call that is put
    /// off.
    private Hook[] hooks(SessionStore store) {
        return new SettingsHooks(
                        console,
                        event -> told(store, event),
                        new HostUpdates(
                                Permissions.asksForBypass(args),
                                text -> console.err().line("bowline: " + text)),
                        ServerTools.NONE,
                        HookWatch.NOBODY,
                        args.has("--print"))
                .of(
                        settings.settings(),
                        problem -> console.err().line("bowline: hooks: " + problem))
                .toArray(Hook[]::new);
    }

    private HookInput.Base told(SessionStore store, HookEvent event) {
        var session = current.get();
        var directory = session == null ? "" : session.state().directory();
        var mode = session == null ? "" : session.state().mode();
        return new HookInput.Base(
                SettingsHooks.transcript(store, event.sessionId(), console.directory()),
                directory.isEmpty() ? console.directory().toString() : directory,
                mode.isEmpty() ? Permissions.mode(args).wire() : mode);
    }

    /// The session that is open now.
    private Session now() {
        return Objects.requireNonNull(current.get());
    }

    /// A command is carried out here, anything else is told to the model.
    private int say(Agent agent, Answerer answerer, List<Tool> tools, String text)
            throws InterruptedException {
        var command =
                args.has("--disable-slash-commands")
                        ? Optional.<LocalCommand>empty()
                        : LocalCommand.of(text);
        if (command.isEmpty()) {
            return turn(now(), answerer, tools, text);
        }
        var place =
                new CommandTurn(
                        now(),
                        agent,
                        time,
                        answerer.name(),
                        SystemPrompt.parts(args, console),
                        RunOptions.compaction(console),
                        (session, output) -> begin(session, output, answerer.name()),
                        session -> output(session, answerer, tools, status(answerer)));
        running.turn(() -> now().interrupt());
        try {
            boolean failed = place.run(command.get());
            current.set(place.session());
            return running.exitCode() != 0 ? running.exitCode() : failed ? 1 : 0;
        } finally {
            running.turn(null);
        }
    }

    private void begin(Session session, Output output, String model) {
        var state = session.state();
        boolean known = state.number() > 0;
        output.begin(
                known ? state.model() : model,
                known ? state.mode() : Permissions.mode(args).wire());
    }

    private int turn(Session session, Answerer answerer, List<Tool> tools, String text)
            throws InterruptedException {
        var status = status(answerer);
        var output = output(session, answerer, tools, status);
        var record = new TurnRecord(time);
        var listener = new Listener(session, output, record, status, answerer.name());
        if (asker != null) {
            asker.status(status);
        }
        console.out().whenBroken(() -> running.interrupt(Running.UNREAD));
        Ending ending;
        try {
            var turn =
                    text.isBlank()
                            ? goOn(session, listener)
                            : session.prompt(Prompt.of(text), listener::update);
            running.turn(turn::interrupt);
            ending = Ending.of(turn.await(), record);
        } catch (BowlineException e) {
            trace.failure(e);
            listener.begin();
            ending = Ending.notStarted(String.valueOf(e.getMessage()), e.code().wire());
        } finally {
            running.turn(null);
        }
        output.end(ending, record, session.state());
        if (running.exitCode() != 0) {
            return running.exitCode();
        }
        return ending.isError() ? 1 : 0;
    }

    /// Goes on without a word: with a call that was put off, or a turn that a crash cut off.
    private static Turn goOn(Session session, Listener listener) {
        if (session.state().turn().open()) {
            listener.begin();
        }
        return session.proceed(listener::update)
                .orElseThrow(() ->
                        session.state().asked().stream()
                                .findFirst()
                                .map(open ->
                                        new UsageException(
                                                ErrorCode.PROMPT_EMPTY,
                                                "a call of "
                                                        + open.tool()
                                                        + " still waits for an answer: bowline sessions answer "
                                                        + session.id()
                                                        + " "
                                                        + open.toolUseId()
                                                        + " allow|deny"))
                                .orElseGet(PromptText::empty));
    }

    /// Tells everybody who watches the turn, on its thread.
    private final class Listener {
        private final Session session;
        private final Output output;
        private final TurnRecord record;
        private final @Nullable StatusLine status;
        private final String model;
        private boolean begun;

        Listener(
                Session session,
                Output output,
                TurnRecord record,
                @Nullable StatusLine status,
                String model) {
            this.session = session;
            this.output = output;
            this.record = record;
            this.status = status;
            this.model = model;
        }

        void begin() {
            if (!begun) {
                begun = true;
                PromptCommand.this.begin(session, output, model);
            }
        }

        void update(Update update) {
            trace.update(update);
            record.update(update);
            notices.hear(update, status);
            if (update instanceof Entry entry && entry.event() instanceof Event.Prompted) {
                begin();
            } else if (begun) {
                output.update(update, record);
            }
        }
    }

    private @Nullable StatusLine status(Answerer answerer) {
        if (!console.terminal().err() || console.terminal().colour() == false) {
            return null;
        }
        int width = 80;
        try {
            width = Integer.parseInt(console.variable("COLUMNS", "80"));
        } catch (NumberFormatException e) {
            trace.line("COLUMNS is not a number, taking " + width);
        }
        return new StatusLine(console.err(), style, time, Math.max(20, width), answerer.name());
    }

    private Output output(
            Session session, Answerer answerer, List<Tool> tools, @Nullable StatusLine status) {
        var data = data(session, answerer, tools);
        boolean person = console.terminal().err();
        if (format == Formats.TEXT && console.terminal().out()) {
            return new TerminalOutput(null, console.out(), console.err(), style, status);
        }
        return person || format == Formats.TEXT && args.has("--verbose")
                ? new TerminalOutput(data, console.out(), console.err(), style, status)
                : data;
    }

    private Output data(Session session, Answerer answerer, List<Tool> tools) {
        var hidden = Permissions.hidden(args);
        var around =
                new Frames.Surroundings(
                        session.id().value(),
                        console.directory(),
                        Permissions.directories(args, console),
                        () ->
                                tools.stream()
                                        .map(Tool::name)
                                        .filter(name -> !hidden.contains(name))
                                        .sorted()
                                        .toList(),
                        List::of,
                        answerer.keySource(),
                        args.has("--include-partial-messages"),
                        List.of(),
                        LocalCommand.ALL.stream().map(LocalCommand.About::name).toList(),
                        any -> Optional.empty());
        return switch (format) {
            case TEXT -> new TextOutput(console.out(), console.err());
            case JSON ->
                    new JsonOutput(
                            console.out(), args.has("--verbose"), sink -> new Frames(around, sink));
            case STREAM_JSON ->
                    new StreamJsonOutput(console.out(), sink -> new Frames(around, sink));
        };
    }

    private int dialogue(Agent agent, Answerer answerer, List<Tool> tools, String first)
            throws InterruptedException {
        console.err()
                .line(
                        style.dim(
                                "session "
                                        + now().id()
                                        + " · "
                                        + answerer.name()
                                        + " · Ctrl-C interrupts, Ctrl-D ends"));
        var line = first;
        int last = 0;
        while (true) {
            if (!line.isBlank()) {
                last = say(agent, answerer, tools, line);
                if (last == Running.INTERRUPTED) {
                    running.forget();
                }
            }
            console.err().write(style.bold("> "));
            var next = answers.next();
            if (next.isEmpty() || List.of("/exit", "/quit").contains(next.get().strip())) {
                console.err().write("\n");
                return last;
            }
            line = next.get();
        }
    }
}
