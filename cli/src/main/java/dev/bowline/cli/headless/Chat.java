package dev.bowline.cli.headless;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.Session;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.FrameWriter;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.NoticeFrames;
import dev.bowline.cli.frame.TaskFrames;
import dev.bowline.cli.frame.UsageReport;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.prompt.Choice;
import dev.bowline.cli.prompt.PromptText;
import dev.bowline.cli.prompt.SystemPrompt;
import dev.bowline.cli.wiring.Answerer;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.Effort;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.cli.wiring.ModelNames;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.cli.wiring.RunOptions;
import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.memory.Compaction;
import dev.bowline.message.Task;
import dev.bowline.permission.Boundary;
import dev.bowline.permission.PermissionMode;
import dev.bowline.project.Settings;
import dev.bowline.project.Source;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Tool;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one session of a run. It is opened when it is first needed, so that what the host says in
/// its `initialize` counts. Safe for any thread.
final class Chat implements AutoCloseable {
    /// What is there once the session is open. `replays` says that the host wants to see its own
    /// messages again.
    record Open(Agent agent, Session session, Frames frames, TaskFrames tasks, boolean replays) {}

    private final Console console;
    private final Answerer answerer;
    private final SessionStore store;
    private final HostServers servers;
    private final Trace trace;
    private final TimeSource time;
    private volatile Configuration settings;
    private volatile Arguments args;
    private Greeting greeting = Greeting.NONE;
    private final ChatHooks hooks;
    private @Nullable String model;
    private String configured = "";
    private PermissionMode configuredMode = PermissionMode.DEFAULT;
    private final Effort effort;
    private FlagSettings flags = FlagSettings.NONE;
    private volatile @Nullable PermissionMode mode;
    private volatile Runnable taskEnded = () -> {};
    private volatile UsageReport usage;
    private final ChatQuestions questions;
    private volatile @Nullable Open open;

    Chat(
            Configuration settings,
            Answerer answerer,
            SessionStore store,
            Host host,
            HostServers servers,
            Presence presence,
            Trace trace,
            TimeSource time) {
        this.settings = settings;
        this.args = settings.args();
        this.console = settings.console();
        this.answerer = answerer;
        this.store = store;
        this.servers = servers;
        this.trace = trace;
        this.time = time;
        this.usage = new UsageReport(time);
        this.effort = Effort.of(args, console);
        this.hooks = new ChatHooks(this, console, store, host, servers);
        this.questions = new ChatQuestions(this, console, host, servers, presence);
    }

    /// What the host says counts when the session isn't open yet; its hooks replace those that it
    /// had at any time.
    ///
    /// @throws dev.bowline.error.BowlineException `config_invalid`
    /// @throws IllegalArgumentException when its settings can't be understood
    synchronized void greeted(Greeting said) {
        if (open == null) {
            settings(said);
        }
        greeting = said;
        hooks.greeted(said);
    }

    synchronized Greeting greeting() {
        return greeting;
    }

    /// The session, opening it at the first call.
    ///
    /// @throws dev.bowline.error.BowlineException `session_not_found`, `store_in_use` …
    synchronized Open open() {
        var known = open;
        if (known != null) {
            return known;
        }
        hooks.read(settings.settings());
        var tools = Toolbox.known(args, questions.toHost(args), settings.toolOptions());
        var agent = Agent.of(trace.around(answerer.model()), options -> configure(options, tools));
        var session = new Choice(args, agent, console.directory()).open();
        Choice.prepare(session, args, answerer);
        servers.offer(session.tools());
        var opened = opened(agent, session, args.has("--replay-user-messages"));
        hooks.begun(opened.frames());
        open = opened;
        hooks.begun(opened.frames()); // what came while the first were told
        return opened;
    }

    /// What the host's settings say beside the others.
    private void settings(Greeting said) {
        var all = said.beside(settings);
        if (all != settings) {
            use(all);
            all.report(warning -> console.err().line("bowline: " + warning));
        }
        for (var member : said.unused()) {
            console.err().line("bowline: " + member + " of the host are not used by this version");
        }
    }

    private void use(Configuration all) {
        settings = all;
        args = all.args();
        if (model == null && args.has("--model")) {
            model(args.value("--model", ""));
        }
    }

    /// The flags, with what settings say where no flag does.
    Arguments args() {
        return args;
    }

    /// The settings that count.
    Settings settings() {
        return settings.settings();
    }

    /// Changes the settings that the host gave: members replace those of the same name, null takes
    /// one back. Holds from the next call on.
    ///
    /// @throws dev.bowline.error.BowlineException `config_invalid`
    synchronized void changeSettings(Json change) {
        var changed = flags.changed(change);
        var next = settings.with(Source.FLAG, FlagSettings.NAME, changed.json());
        var known = open;
        if (known == null) {
            flags = changed;
            use(next);
        } else {
            if (!next.toolOptions().equals(settings.toolOptions())) {
                throw new BowlineException(
                        ErrorCode.CONFIG_INVALID,
                        "The sandbox can't be changed while a session runs.");
            }
            boolean variables = !next.settings().env().equals(settings.settings().env());
            flags = changed;
            settings = next;
            hooks.read(settings.settings());
            flags.apply(next.settings(), known.session(), Introduction.mayBypass(args));
            if (variables) {
                known.session().environment(next.childEnvironment());
            }
        }
    }

    private Open opened(Agent agent, Session session, boolean replays) {
        var frames =
                new Frames(
                        RunFacts.of(this, session, console, servers, answerer.keySource()),
                        new FrameWriter(console.out()));
        var state = session.state();
        frames.used(state.totals());
        state.title().ifPresent(title -> NoticeFrames.title(frames, title));
        var early = mode;
        if (early != null && this.open == null) {
            frames.mode(early.wire());
        }
        var tasks = new TaskFrames(frames, session.tasks(), time);
        var opened = new Open(agent, session, frames, tasks, replays);
        session.tasks().listener(news -> heard(opened, news));
        return opened;
    }

    /// The session, if it is open.
    Optional<Open> opened() {
        return Optional.ofNullable(open);
    }

    private void configure(AgentOptions options, List<Tool> tools) {
        settings.apply(options);
        RunOptions.apply(args, console, options);
        greeting.schema().ifPresent(options::outputSchema);
        configured = model == null ? answerer.name() : model;
        effort.apply(options, configured);
        // host programs expect their modes to mean what they mean elsewhere
        options.boundary(Boundary.OPEN)
                .modelName(configured)
                .deny(greeting.texts("disallowedTools").toArray(String[]::new))
                .instructions(instructions().toArray(String[]::new))
                .tools(tools)
                .store(store)
                .hooks(hooks::all)
                .approver(RunOptions.approver(args, questions.approver(args)))
                .prices(answerer.prices())
                .promptLimit(PromptText.LIMIT)
                .fileCheckpoints(RunOptions.keepsFiles(console))
                .time(time);
        var said = mode;
        configuredMode = said == null ? Permissions.mode(args) : said;
        if (said != null) {
            options.permissionMode(said);
        }
    }

    /// When conversations are summarised by themselves.
    Compaction compaction() {
        return RunOptions.compaction(console);
    }

    /// Leaves the session for a new one with the same model and mode.
    ///
    /// @param told hears of the new one's id, before the old one is closed and the new one opened
    synchronized Open renew(Consumer<String> told) {
        var old = open();
        model = model();
        var held = mode();
        mode = held;
        var id = SessionId.random();
        told.accept(id.value());
        old.session().close("clear");
        var next = old.agent().open(id, "clear");
        servers.offer(next.tools());
        if (!model.equals(configured)) {
            next.model(model);
        }
        flags.apply(settings.settings(), next, Introduction.mayBypass(args));
        next.environment(settings.childEnvironment());
        if (!held.equals(configuredMode)) {
            next.permissionMode(held);
        }
        effort.apply(next, model);
        var opened = opened(old.agent(), next, old.replays());
        usage = new UsageReport(time);
        open = opened;
        return opened;
    }

    /// What this conversation has taken in this run.
    UsageReport usage() {
        return usage;
    }

    /// How much the model puts into its answers, if that was said.
    synchronized Optional<String> level() {
        return effort.level();
    }

    /// Changes how much the model thinks and puts into its answers, from the next call on.
    synchronized void effort(Consumer<Effort> change) {
        change.accept(effort);
        opened().ifPresent(it -> effort.apply(it.session(), model()));
    }

    /// The parts of the system prompt.
    List<String> instructions() {
        var own = greeting.systemPrompt();
        var parts = new ArrayList<>(own.orElseGet(() -> SystemPrompt.parts(args, console)));
        greeting.text("appendSystemPrompt").filter(text -> !text.isBlank()).ifPresent(parts::add);
        return parts;
    }

    /// What to do whenever a task has ended and the host has been told.
    void whenTaskEnds(Runnable next) {
        taskEnded = next;
    }

    private void heard(Open opened, Task.News news) {
        opened.tasks().tell(news);
        if (news instanceof Task.Ended) {
            taskEnded.run();
        }
    }

    ChatQuestions questions() {
        return questions;
    }

    /// Changes of permissions that the host may ask for.
    HostUpdates updates() {
        return new HostUpdates(
                Introduction.mayBypass(args), text -> console.err().line("bowline: " + text));
    }

    /// Where the session works now; absolute.
    Path directory() {
        return opened().map(it -> it.session().state().directory())
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .orElseGet(console::directory);
    }

    /// The model's name from the next call on; null for the usual one.
    synchronized void model(@Nullable String name) {
        var wanted =
                name == null
                        ? answerer.name()
                        : new ModelNames(console).full(name, answerer.name());
        var known = open;
        if (known == null) {
            model = wanted;
        } else if (!known.session().state().model().equals(wanted)) {
            known.session().model(wanted);
            effort.apply(known.session(), wanted);
        }
    }

    synchronized String model() {
        var known = open;
        var stored = known == null ? "" : known.session().state().model();
        return !stored.isEmpty() ? stored : model != null ? model : answerer.name();
    }

    /// What may run without asking from the next call on.
    synchronized void mode(PermissionMode wanted) {
        var known = open;
        if (known == null) {
            mode = wanted;
        } else {
            known.session().permissionMode(wanted);
        }
    }

    /// Waits for nothing: hooks ask while the session is being opened.
    PermissionMode mode() {
        var known = open;
        var stored = known == null ? "" : known.session().state().mode();
        var said = mode;
        return !stored.isEmpty()
                ? PermissionMode.of(stored)
                : said != null ? said : Permissions.mode(args);
    }

    /// Makes tools of servers that have come, gone or changed known to the session.
    void refreshTools() {
        opened().ifPresent(it -> servers.offer(it.session().tools()));
    }

    @Override
    public void close() {
        var known = open;
        if (known != null) {
            known.session().close();
            known.agent().close();
        }
    }
}
