package dev.bowline.tools.shell;

import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The shells of one session. Closing it ends every process that the session's commands started and
/// that can still be recognised.
public final class Shells implements AutoCloseable {
    /// Background tasks that may run at the same time.
    static final int MAX_RUNNING = 16;

    /// Finished tasks that can still be asked for.
    private static final int MAX_REMEMBERED = 64;

    /// How long a command may take to react to TERM.
    static final Duration GRACE = Duration.ofMillis(500);

    private static final AtomicLong SESSIONS = new AtomicLong();

    private final String mark;
    private final AtomicLong commands = new AtomicLong();
    private final Leftovers leftovers;
    private final Map<String, BackgroundTask> tasks = new LinkedHashMap<>();
    private boolean closed;

    /// In a process that was itself started by a command, marks begin with that command's mark: who
    /// ends it ends these too.
    private Shells(Path outputs, Map<String, String> environment) {
        var outer = environment.get(ProcessTree.MARK);
        this.mark =
                (outer == null ? "" : outer + "/")
                        + ProcessHandle.current().pid()
                        + "-"
                        + SESSIONS.incrementAndGet()
                        + ":";
        this.leftovers = new Leftovers(mark, outputs);
    }

    static Shells of(ToolContext context) {
        return context.state(
                Shells.class,
                folder -> new Shells(context.resultsDirectory(), context.environment()));
    }

    /// A name for the files of a new command, unique in the session and safe as a file name.
    String nextName(String toolUseId) {
        var safe = toolUseId.replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.substring(0, Math.min(safe.length(), 64)) + "-" + commands.incrementAndGet();
    }

    String markOf(String name) {
        return mark + name;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    /// Starts a background task.
    ///
    /// @throws IOException if it could not be started
    /// @throws IllegalStateException if too many run already or the session is closed
    synchronized BackgroundTask start(
            String command, Start start, Duration life, ToolContext context) throws IOException {
        checkRoom();
        return add(command, start.run(), life, context);
    }

    /// Something that starts a command.
    interface Start {
        RunningCommand run() throws IOException;
    }

    /// Takes over a command that already runs; empty when there is no room.
    synchronized Optional<BackgroundTask> adopt(
            String command, RunningCommand running, Duration life, ToolContext context) {
        return closed || running() >= MAX_RUNNING
                ? Optional.empty()
                : Optional.of(add(command, running, life, context));
    }

    private BackgroundTask add(
            String command, RunningCommand running, Duration life, ToolContext context) {
        forgetOld();
        var id = "bash_" + commands.incrementAndGet();
        var task = new BackgroundTask(id, command, running, life, context.time()::nanos);
        tasks.put(id, task);
        task.watch(() -> leftovers.watch(context.time()));
        return task;
    }

    private void checkRoom() {
        if (closed) {
            throw new IllegalStateException("The session is closed; no command can be started.");
        }
        if (running() >= MAX_RUNNING) {
            throw new IllegalStateException(
                    "There are already "
                            + MAX_RUNNING
                            + " background tasks; stop one with TaskStop first.");
        }
    }

    private long running() {
        return tasks.values().stream().filter(task -> !task.isOver()).count();
    }

    private void forgetOld() {
        var over = tasks.values().stream().filter(BackgroundTask::isOver).toList();
        over.stream()
                .limit(Math.max(0, over.size() - MAX_REMEMBERED))
                .forEach(task -> tasks.remove(task.id()));
    }

    synchronized Optional<BackgroundTask> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    synchronized List<BackgroundTask> all() {
        return new ArrayList<>(tasks.values());
    }

    /// Ends all tasks and leftovers; at most a few seconds.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        var enders =
                all().stream()
                        .filter(task -> !task.isOver())
                        .map(task -> Thread.ofVirtual().start(() -> task.stop("the session ended")))
                        .toList();
        boolean interrupted = Thread.interrupted();
        for (var ender : enders) {
            try {
                ender.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        leftovers.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
