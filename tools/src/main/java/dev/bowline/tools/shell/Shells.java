package dev.bowline.tools.shell;

import dev.bowline.message.Task;
import dev.bowline.tool.Tasks;
import dev.bowline.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The shells of one session. Closing it ends every process that the session's commands started and
/// that can still be recognised.
public final class Shells implements AutoCloseable {
    /// Background tasks that may run at the same time.
    static final int MAX_RUNNING = 16;

    /// Finished tasks that can still be asked for.
    private static final int MAX_REMEMBERED = 64;

    /// Digits of a task's id after its first letter, and how many ids there are.
    private static final int ID_DIGITS = 8;

    private static final int ID_RADIX = 36;
    private static final long ID_RANGE = 2_821_109_907_456L;

    /// How long a command may take to react to TERM.
    static final Duration GRACE = Duration.ofMillis(500);

    private static final AtomicLong SESSIONS = new AtomicLong();

    private final String mark;
    private final AtomicLong commands = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Leftovers leftovers;
    private final Map<String, BackgroundTask> tasks = new LinkedHashMap<>();
    private boolean closed;

    /// In a process that was itself started by a command, marks begin with that command's mark: who
    /// ends it ends these too.
    private Shells(Path outputs, Map<String, String> environment) {
        var outer = environment.get(ProcessTree.MARK);
        this.mark =
                (outer == null ? "" : outer + "/")
                        + Guard.ENGINE
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

    /// Whether nobody has asked this before.
    boolean isFirst() {
        return asked.compareAndSet(false, true);
    }

    Leftovers leftovers() {
        return leftovers;
    }

    /// A name for a new task, unlike all others of the session, also of an earlier process.
    static Task newTask(String command, String description, ToolContext context) {
        long number = ThreadLocalRandom.current().nextLong(ID_RANGE);
        var digits = Long.toString(number, ID_RADIX);
        var id = "b" + "0".repeat(ID_DIGITS - digits.length()) + digits;
        var words = description.isBlank() ? command : description;
        return new Task(id, context.toolUseId(), "local_bash", words, false);
    }

    /// Starts a background task.
    ///
    /// @throws IOException if it could not be started
    /// @throws IllegalStateException if too many run already or the session is closed
    synchronized BackgroundTask start(
            Task about, String command, Start start, Duration life, ToolContext context)
            throws IOException {
        checkRoom();
        return add(about, command, start.run(), life, context);
    }

    /// Something that starts a command.
    interface Start {
        RunningCommand run() throws IOException;
    }

    /// Takes over a command that already runs; empty when there is no room.
    synchronized Optional<BackgroundTask> adopt(
            Task about,
            String command,
            RunningCommand running,
            Duration life,
            ToolContext context) {
        return closed || running() >= MAX_RUNNING
                ? Optional.empty()
                : Optional.of(add(about, command, running, life, context));
    }

    private BackgroundTask add(
            Task about,
            String command,
            RunningCommand running,
            Duration life,
            ToolContext context) {
        forgetOld();
        var behind =
                new Task(about.id(), about.toolUseId(), about.kind(), about.description(), true);
        var task = new BackgroundTask(behind, command, running, life, context.time()::nanos);
        tasks.put(about.id(), task);
        context.tasks().started(behind, new Control(task));
        task.watch(context.tasks(), () -> leftovers.watch(context.time()));
        return task;
    }

    private record Control(BackgroundTask task) implements Tasks.Control {
        @Override
        public void stop(String why) {
            task.stop(why, false);
        }

        @Override
        public Path output() {
            return task.output();
        }
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
                        .map(task ->
                                Thread.ofVirtual()
                                        .start(() -> task.stop("the session ended", false)))
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
