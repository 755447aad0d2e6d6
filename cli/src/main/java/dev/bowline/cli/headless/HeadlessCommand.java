package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.MirrorFrames;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.cli.headless.wire.HostLines;
import dev.bowline.cli.headless.wire.LineReader;
import dev.bowline.cli.prompt.Choice;
import dev.bowline.cli.prompt.Running;
import dev.bowline.cli.wiring.Answerer;
import dev.bowline.cli.wiring.Answerers;
import dev.bowline.cli.wiring.Configuration;
import dev.bowline.cli.wiring.ModelNames;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.cli.wiring.RunOptions;
import dev.bowline.cli.wiring.Stores;
import dev.bowline.cli.wiring.Trace;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// `--input-format stream-json`: one session, driven by the program at the other end of the pipes
/// until that closes its side. What it has said by then is still answered.
///
/// Threads: one reads lines, one carries out requests in their order, one hands prompts to the
/// session, and the session's own runs turns. So an answer of the host's is never waited for by the
/// thread that reads it.
public final class HeadlessCommand {
    private static final int WARNINGS = 100;
    private static final Duration PARENT_CHECK = Duration.ofMillis(500);

    private final Configuration settings;
    private final Arguments args;
    private final Console console;
    private final Running running;
    private final TimeSource time;
    private final Trace trace;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger warnings = new AtomicInteger();
    private volatile boolean failed;

    /// @throws UsageException when the flags cannot be understood together
    public HeadlessCommand(Configuration settings, Running running, TimeSource time) {
        this.settings = settings;
        this.args = settings.args();
        this.console = settings.console();
        this.running = running;
        this.time = time;
        Choice.check(args);
        RunOptions.check(args, console);
        Permissions.check(args, console);
        this.trace = Trace.of(args, console, time);
    }

    /// Runs and returns the exit code: 0, 1 when the last turn failed, or that of a signal.
    public int run() throws InterruptedException {
        try (var answerer = Answerers.of(args, console);
                var store = Stores.of(!args.has("--no-session-persistence"), console, mirror())) {
            return serve(answerer, store);
        }
    }

    /// Tells the host that nothing can begin because of the settings.
    public static void refuse(Console console, BowlineException why) {
        var message = String.valueOf(why.getMessage());
        var reason =
                message.startsWith("managed") ? "managed_settings_invalid" : "config_file_invalid";
        console.out().line(new Opening.Trouble(reason, message).result());
    }

    private JsonlStore.@Nullable Mirror mirror() {
        return args.has("--session-mirror") ? new MirrorFrames(console.out()) : null;
    }

    /// A session that cannot be gone on with has its result before anything is asked.
    private void verify(SessionStore store) {
        try {
            Choice.checkStored(args, store, console.directory());
        } catch (BowlineException e) {
            if (e.code() != ErrorCode.SESSION_EXISTS) {
                Refused.write(args, console, time, e);
            }
            throw e;
        }
    }

    private int serve(Answerer answerer, SessionStore store) throws InterruptedException {
        var host = new Host(new dev.bowline.cli.frame.FrameWriter(console.out())::whole);
        var servers =
                new HostServers(
                        host,
                        milliseconds("MCP_TIMEOUT", 30_000),
                        milliseconds("MCP_TOOL_TIMEOUT", 100_000_000));
        var presence =
                new Presence(
                        !console.variable("CLAUDE_CODE_SDK_READS_SESSION_STATE", "").isEmpty());
        try (var chat = new Chat(settings, answerer, store, host, servers, presence, trace, time)) {
            var prompts = new Prompts(chat, servers, presence, trace, time);
            var introduction =
                    new Introduction(
                            answerer, new ModelNames(console), host, chat, servers, presence);
            var status = new ServerRequests(chat, servers);
            var requests =
                    new Requests(
                            host,
                            chat,
                            prompts,
                            introduction,
                            status,
                            new Listings(chat, servers, status));
            verify(store);
            running.everything(() -> end(chat, store));
            running.turn(() -> stop(prompts));
            console.out().whenBroken(() -> running.interrupt(Running.UNREAD));
            ServerConfig.add(args, console, servers);
            prompts.start(over::countDown);
            listen(host, prompts, requests);
            over.await();
            prompts.rethrow();
            return exitCode(prompts);
        } finally {
            running.turn(null);
            running.everything(null);
        }
    }

    private Duration milliseconds(String variable, long otherwise) {
        var said = console.variable(variable, "").strip();
        try {
            long value = said.isEmpty() ? otherwise : Long.parseLong(said);
            return Duration.ofMillis(value > 0 ? value : otherwise);
        } catch (NumberFormatException e) {
            warn(variable + " must be a number of milliseconds, not \"" + said + "\"");
            return Duration.ofMillis(otherwise);
        }
    }

    private static void end(Chat chat, SessionStore store) {
        chat.close();
        store.close();
    }

    /// A signal, or nobody reads any more: what runs is stopped, what waits isn't begun.
    private void stop(Prompts prompts) {
        prompts.handover().interrupt();
        over.countDown();
    }

    private int exitCode(Prompts prompts) {
        if (running.exitCode() != 0) {
            return running.exitCode();
        }
        return failed || prompts.results().lastFailed() ? 1 : 0;
    }

    private void listen(Host host, Prompts prompts, Requests requests) {
        var work = new LinkedBlockingQueue<Runnable>();
        Thread.ofVirtual()
                .name("requests")
                .start(() -> {
                    try {
                        while (true) {
                            carryOut(work.take());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        Thread.ofPlatform()
                .name("input")
                .daemon()
                .start(() -> {
                    var parent = parent();
                    read(host, prompts, requests, work);
                    host.close();
                    work.add(prompts::end);
                    watchParent(parent);
                    awaitEnd(prompts);
                });
    }

    /// One that fails does not keep the next from being carried out.
    private void carryOut(Runnable request) {
        try {
            request.run();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            warn("a line of the input could not be carried out: " + e);
        }
    }

    private void read(
            Host host, Prompts prompts, Requests requests, LinkedBlockingQueue<Runnable> work) {
        var lines = new LineReader(console.in());
        var opening = new Opening(args);
        for (var text = lines.next(); text.isPresent(); text = lines.next()) {
            var line = understood(text.get());
            var trouble = opening.look(line);
            if (trouble.isPresent()) {
                console.out().line(trouble.get().result());
                warn(trouble.get().sentence());
                failed = true;
                return;
            }
            switch (line) {
                case HostLine.User user -> work.add(() -> prompts.add(user));
                case HostLine.Request request -> work.add(() -> requests.take(request));
                case HostLine.Reply reply -> known(host.answered(reply.id(), reply), reply.id());
                case HostLine.Refusal no -> known(host.answered(no.id(), no), no.id());
                case HostLine.Cancel cancel -> trace.line("the host cancels " + cancel.id());
                case HostLine.Variables variables ->
                        warn("update_environment_variables is not supported and was skipped");
                case HostLine.Nothing any -> {}
                case HostLine.Unreadable(String why) -> warn(why);
            }
        }
    }

    private static HostLine understood(String text) {
        try {
            return HostLines.read(text);
        } catch (RuntimeException e) {
            return new HostLine.Unreadable("a line of the input was skipped: " + e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return HostLines.tooLong(text);
        }
    }

    private void known(boolean answered, String id) {
        if (!answered) {
            trace.line("an answer came that nobody waits for: " + id);
        }
    }

    /// Not without end: a host that does not read what is said here would hold everything up.
    private void warn(String message) {
        int before = warnings.getAndIncrement();
        if (before < WARNINGS) {
            console.err().line("bowline: " + message);
        } else if (before == WARNINGS) {
            console.err().line("bowline: there were many warnings; more are not shown");
        }
    }

    private void awaitEnd(Prompts prompts) {
        try {
            prompts.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over.countDown();
    }

    private static Optional<Long> parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid);
    }

    /// A host that has died wants no more answers. Only looked at when the input has ended: as long
    /// as it is open somebody holds it.
    private void watchParent(Optional<Long> parent) {
        Thread.ofVirtual()
                .name("parent-watch")
                .start(() -> {
                    try {
                        while (parent.equals(parent())) {
                            time.sleep(PARENT_CHECK);
                        }
                        running.interrupt(Running.UNREAD);
                    } catch (InterruptedException | BowlineException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
