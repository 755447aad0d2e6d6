package dev.bowline.cli;

import dev.bowline.Bowline;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Command;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.console.Signals;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.headless.HeadlessCommand;
import dev.bowline.cli.output.Style;
import dev.bowline.cli.permissions.PermissionCommands;
import dev.bowline.cli.prompt.Formats;
import dev.bowline.cli.prompt.PromptCommand;
import dev.bowline.cli.prompt.PromptFlags;
import dev.bowline.cli.prompt.Running;
import dev.bowline.cli.sessions.SessionCommands;
import dev.bowline.cli.settings.SettingsCommand;
import dev.bowline.cli.settings.TrustCommand;
import dev.bowline.cli.tools.ToolCommands;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.TrustQuestion;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// The `bowline` command.
public final class Main {
    /// How long the end of the process waits for children to go, in milliseconds.
    private static final long FAREWELL_MS = 3_000;

    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) throws InterruptedException {
        Thread.ofPlatform().daemon().name("ahead").start(Main::prepare);
        var console = Console.ofProcess();
        var running = new Running();
        Signals.handle(() -> interrupted(running), () -> terminated(console, running));
        int code = run(List.of(args), console, running);
        if (running.terminating()) {
            // the thread that terminates ends the process when it has finished
            new CountDownLatch(1).await();
        }
        System.exit(code);
    }

    /// Loads two tables of the JDK that each command needs and that no cache keeps, beside what
    /// else begins: the powers of BigDecimal (12 ms, for the JSON parser) and the time zones (10
    /// ms, for the date in the system prompt).
    private static void prepare() {
        Objects.requireNonNull(BigDecimal.ONE);
        Objects.requireNonNull(ZoneId.systemDefault().getRules());
    }

    /// Runs the command in this process, with its streams, and returns the exit code.
    static int execute(String[] args) {
        return run(List.of(args), Console.ofProcess(), new Running());
    }

    /// Runs the command with streams and surroundings of the caller's and returns the exit code.
    ///
    /// @param running hears of what runs, so that it can be stopped
    public static int run(List<String> args, Console console, Running running) {
        try {
            int code = dispatch(args, console, running);
            return code == 0 && console.out().broken() ? Running.UNREAD : code;
        } catch (UsageException e) {
            return failed(console, args, e.getMessage() + code(e.code()), e);
        } catch (BowlineException e) {
            return failed(console, args, e.getMessage() + code(e.code()), e);
        } catch (IllegalArgumentException e) {
            return failed(console, args, e.getMessage() + code(ErrorCode.CONFIG_INVALID), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Running.INTERRUPTED;
        } catch (RuntimeException e) {
            return failed(
                    console,
                    args,
                    "something that must not happen: "
                            + e
                            + "; please report it with what --debug shows [internal]",
                    e);
        }
    }

    private static String code(ErrorCode code) {
        return " [" + code.wire() + "]";
    }

    private static int dispatch(List<String> args, Console console, Running running)
            throws InterruptedException {
        var first = args.isEmpty() ? "" : args.getFirst();
        return switch (first) {
            case "sessions" -> SessionCommands.run(rest(args), console);
            case "tools" -> ToolCommands.run(rest(args), console, running);
            case "permissions" -> PermissionCommands.run(rest(args), console);
            case "settings" -> SettingsCommand.run(rest(args), console);
            case "trust" -> TrustCommand.run(rest(args), console);
            case "help" -> help(args, console);
            default -> prompt(args, console, running);
        };
    }

    private static List<String> rest(List<String> args) {
        return args.subList(1, args.size());
    }

    private static int help(List<String> args, Console console) throws InterruptedException {
        var topic = args.size() > 1 ? args.get(1) : "";
        return switch (topic) {
            case "sessions" -> SessionCommands.run(List.of("--help"), console);
            case "tools" -> ToolCommands.run(List.of("--help"), console, new Running());
            case "permissions" -> PermissionCommands.run(List.of("--help"), console);
            case "settings" -> SettingsCommand.run(List.of("--help"), console);
            case "trust" -> TrustCommand.run(List.of("--help"), console);
            case "" -> shown(PromptFlags.COMMAND, console);
            default ->
                    throw new UsageException(
                            "there is no help on \""
                                    + topic
                                    + "\"; try bowline help sessions, bowline help tools, bowline help permissions, bowline help settings or bowline help trust");
        };
    }

    private static int shown(Command command, Console console) {
        console.out().write(command.help());
        return 0;
    }

    private static int prompt(List<String> tokens, Console console, Running running)
            throws InterruptedException {
        Consumer<String> warnings =
                warning -> console.err().line("bowline: " + Style.harmless(warning));
        Arguments given = PromptFlags.parse(tokens, warnings);
        if (given.has("--help")) {
            return shown(PromptFlags.COMMAND, console);
        }
        if (given.has("--version")) {
            console.out().line(Bowline.VERSION + " (Bowline)");
            return 0;
        }
        if (given.has("-v")) {
            console.out().line(Frames.PROTOCOL_VERSION + " (Bowline " + Bowline.VERSION + ")");
            return 0;
        }
        var settings = configuration(given, console, warnings);
        return Formats.hosted(given)
                ? new HeadlessCommand(settings, running, TimeSource.system()).run()
                : new PromptCommand(settings, running, TimeSource.system()).run();
    }

    /// Flags and settings. At a terminal the user is asked whether he trusts the folder.
    private static Configuration configuration(
            Arguments given, Console console, Consumer<String> warnings) {
        try {
            var settings = TrustQuestion.ask(Configuration.of(given, console), given, console);
            settings.report(warnings);
            return settings;
        } catch (BowlineException e) {
            if (Formats.hosted(given)) {
                HeadlessCommand.refuse(console, e);
            }
            throw e;
        }
    }

    private static int failed(
            Console console, List<String> args, String message, Exception failure) {
        console.err().line("bowline: " + Style.harmless(message));
        if (args.stream().anyMatch(arg -> arg.equals("--debug") || arg.startsWith("--debug="))) {
            var stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack, true));
            console.err().write(Style.harmless(stack.toString()));
        }
        return 1;
    }

    private static void interrupted(Running running) {
        if (!running.interrupt(Running.INTERRUPTED) || running.interruptedTwice()) {
            Runtime.getRuntime().halt(Running.INTERRUPTED);
        }
    }

    /// Nothing more is said; children are ended and the transcript is kept.
    private static void terminated(Console console, Running running) {
        console.out().silence();
        var farewell = Thread.ofPlatform().daemon().start(running::terminate);
        try {
            farewell.join(FAREWELL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(Running.TERMINATED);
    }
}
