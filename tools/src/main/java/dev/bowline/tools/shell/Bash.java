package dev.bowline.tools.shell;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.Task;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.tools.command.CommandFacts;
import dev.bowline.tools.command.Surroundings;
import dev.bowline.tools.input.Input;
import dev.bowline.tools.input.Schema;
import dev.bowline.tools.option.ToolOptions;
import dev.bowline.tools.sandbox.Cell;
import dev.bowline.tools.sandbox.PrivateFolders;
import dev.bowline.tools.sandbox.Sandbox;
import dev.bowline.tools.sandbox.Site;
import dev.bowline.tools.web.AddressPolicy;
import dev.bowline.tools.web.NameLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a command with bash in a process group of its own. Limits and results: docs/tools.md.
final class Bash implements Tool {
    /// A command that writes more is ended; more is not kept.
    static final long MAX_OUTPUT_BYTES = 64L << 20;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(30);
    private static final Duration MAX_LIFE = Duration.ofHours(2);

    private static final String LEAVE = "dangerouslyDisableSandbox";

    private static final ToolDefinition DEFINITION =
            new ToolDefinition(
                    "Bash",
                    """
                    Runs a command with bash and returns what it printed. The working directory carries over to the next \
                    command as long as it stays inside the project; variables and functions do not. There is no terminal \
                    and no input. Prefer Read, Write, Edit, Glob and Grep for files. Set run_in_background for servers and \
                    long jobs, then use TaskOutput and TaskStop.\
                    """,
                    Schema.object()
                            .required("command", "string", "The command line.")
                            .optional(
                                    "timeout",
                                    "integer",
                                    "Milliseconds: at most 600000, 120000 when missing. In the background: how long it may live, at most 7200000, 1800000 when missing.")
                            .optional(
                                    "description",
                                    "string",
                                    "What the command does, in a few words.")
                            .optional(
                                    "run_in_background",
                                    "boolean",
                                    "Return at once with a task id while the command goes on.")
                            .optional(
                                    LEAVE,
                                    "boolean",
                                    "Ask to run outside a sandbox, where there is one.")
                            .build());

    private final ToolOptions options;
    private final Sandbox sandbox;

    Bash(ToolOptions options) {
        this.options = options;
        var addresses = new AddressPolicy(NameLookup.system(), options.privateHosts());
        this.sandbox = new Sandbox(options.sandbox(), addresses);
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Effect effect() {
        return Effect.WRITE;
    }

    @Override
    public Duration timeout() {
        return Duration.ZERO;
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        var in = Input.of(input);
        var facts = facts(in.text("command"), context);
        return Stream.concat(sandbox.fact(programs(in), in.flag(LEAVE)).stream(), facts.stream())
                .toList();
    }

    private List<Access> facts(String command, ToolContext context) {
        var environment = ShellEnvironment.of(context.environment(), options.allowedVariables());
        return CommandFacts.of(
                command,
                new Surroundings(
                        context.workingDirectory(),
                        home(environment),
                        Directories.roots(context),
                        environment));
    }

    /// The programs of a line by its text alone: nothing that changes between a decision and the
    /// run may take a command out of the sandbox.
    private static Supplier<List<Access>> programs(Input in) {
        var nowhere = Path.of("/");
        return () ->
                CommandFacts.of(
                        in.text("command"),
                        new Surroundings(nowhere, nowhere, List.of(), Map.of()));
    }

    private static Path home(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", "");
        return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
    }

    @Override
    public Optional<String> validate(Json input, ToolContext context) {
        var in = Input.of(input);
        var command = in.text("command");
        if (command.isBlank()) {
            return Optional.of("field \"command\" is empty; give a command line to run");
        }
        if (command.indexOf('\0') >= 0) {
            return Optional.of("field \"command\" has a NUL character, which no command can hold");
        }
        var timeout = in.number("timeout");
        return timeout.isPresent() && timeout.getAsLong() <= 0
                ? Optional.of(
                        "field \"timeout\" must be a positive number of milliseconds, not "
                                + timeout.getAsLong())
                : sandbox.refusal(in.flag(LEAVE));
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws InterruptedException {
        var problem = validate(input, context);
        if (problem.isPresent()) {
            return ToolResult.failure(ErrorCode.TOOL_INPUT_INVALID, problem.get());
        }
        try {
            var in = Input.of(input);
            return in.flag("run_in_background") ? background(in, context) : foreground(in, context);
        } catch (BowlineException e) {
            return ToolResult.failure(e.code(), String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return ToolResult.failure(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return ToolResult.failure("The command could not be run: " + e.getMessage());
        }
    }

    private ToolResult foreground(Input in, ToolContext context)
            throws IOException, InterruptedException {
        var command = in.text("command");
        var shells = Shells.of(context);
        var files =
                RunningCommand.OutputFiles.inFront(
                        context.resultsDirectory(), shells.nextName(context.toolUseId()));
        var directory = Directories.existing(context);
        var about = Shells.newTask(command, in.text("description"), context);
        var running = start(in, directory, context, shells, files);
        var limit = limit(in, context, DEFAULT_TIMEOUT, MAX_TIMEOUT);
        var turn = new ForegroundRun(about, running, context, limit);
        var report = new BashReport(command, running, context);
        return switch (turn.await()) {
            case FINISHED -> {
                turn.ended();
                var note = Directories.follow(running, directory, context) + missing(shells);
                running.tidy();
                shells.leftovers().watch(context.time());
                yield report.finished(note);
            }
            case MOVED ->
                    adopt(about, command, running, context)
                            .map(BashReport::movedByUser)
                            .orElseGet(() -> ToolResult.failure("There is no room for it."));
            case TIMED_OUT -> timedOut(about, command, turn, running, report, limit, context);
            case FLOODED -> {
                running.end(Shells.GRACE);
                turn.ended();
                running.cutTo(MAX_OUTPUT_BYTES);
                yield report.flooded();
            }
        };
    }

    /// Said once in a session.
    private String missing(Shells shells) {
        return sandbox.problem()
                .filter(why -> shells.isFirst())
                .map(why -> "This ran without a sandbox, which can't start here: " + why)
                .orElse("");
    }

    private Optional<BackgroundTask> adopt(
            Task about, String command, RunningCommand running, ToolContext context) {
        return Shells.of(context).adopt(about, command, running, DEFAULT_LIFE, context);
    }

    private ToolResult timedOut(
            Task about,
            String command,
            ForegroundRun turn,
            RunningCommand running,
            BashReport report,
            Duration limit,
            ToolContext context)
            throws IOException {
        if (options.backgroundOnTimeout() && !mustEnd(command)) {
            var task = adopt(about, command, running, context);
            if (task.isPresent()) {
                return report.movedToBackground(task.get(), limit);
            }
        }
        running.end(Shells.GRACE);
        turn.ended();
        return report.timedOut(limit);
    }

    private static boolean mustEnd(String command) {
        return command.strip().startsWith("sleep") || command.contains("git");
    }

    private ToolResult background(Input in, ToolContext context) throws IOException {
        var command = in.text("command");
        var shells = Shells.of(context);
        var files =
                RunningCommand.OutputFiles.behind(
                        context.resultsDirectory(), shells.nextName(context.toolUseId()));
        var directory = Directories.existing(context);
        var life = limit(in, context, DEFAULT_LIFE, MAX_LIFE);
        var task =
                shells.start(
                        Shells.newTask(command, in.text("description"), context),
                        command,
                        () -> start(in, directory, context, shells, files),
                        life,
                        context);
        return BashReport.started(task);
    }

    private RunningCommand start(
            Input in,
            Path directory,
            ToolContext context,
            Shells shells,
            RunningCommand.OutputFiles files)
            throws IOException {
        var command = in.text("command");
        var environment = ShellEnvironment.of(context.environment(), options.allowedVariables());
        Files.createDirectories(context.resultsDirectory());
        var cell = cell(in, directory, context, files);
        // What starts a sandbox is outside: not a program that one from inside may have put in
        // PATH.
        var launcher = ShellLauncher.of(cell == null ? environment : Map.of());
        Guard.post(launcher);
        return RunningCommand.start(
                launcher,
                command,
                directory,
                environment,
                shells.markOf(files.output().getFileName().toString()),
                files,
                cell);
    }

    private @Nullable Cell cell(
            Input in, Path directory, ToolContext context, RunningCommand.OutputFiles files)
            throws IOException {
        var fence = sandbox.fence(programs(in), in.flag(LEAVE));
        if (fence == null || !fence.confines()) {
            return null;
        }
        var report = files.directory();
        if (report != null) {
            Files.createFile(report);
        }
        var site =
                new Site(
                        directory.toRealPath(),
                        Directories.realRoots(context),
                        Directories.real(home(context.environment())),
                        context.resultsDirectory().toRealPath(),
                        report == null ? List.of() : List.of(report));
        return sandbox.open(site, context.state(PrivateFolders.class, any -> new PrivateFolders()));
    }

    private static Duration limit(Input in, ToolContext context, Duration usual, Duration maximum) {
        boolean front = usual.equals(DEFAULT_TIMEOUT);
        var ordinary = front ? variable(context, "BASH_DEFAULT_TIMEOUT_MS", usual) : usual;
        var most = front ? variable(context, "BASH_MAX_TIMEOUT_MS", maximum) : maximum;
        var ceiling = most.compareTo(ordinary) > 0 ? most : ordinary;
        var asked = in.number("timeout");
        var wanted = asked.isPresent() ? Duration.ofMillis(asked.getAsLong()) : ordinary;
        return wanted.compareTo(ceiling) > 0 ? ceiling : wanted;
    }

    private static Duration variable(ToolContext context, String name, Duration otherwise) {
        Map<String, String> environment = context.environment();
        var value = environment.getOrDefault(name, "");
        return value.matches("[1-9][0-9]{0,11}")
                ? Duration.ofMillis(Long.parseLong(value))
                : otherwise;
    }
}
