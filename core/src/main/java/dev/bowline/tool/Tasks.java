package dev.bowline.tool;

import dev.bowline.message.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The work of one session that runs beside its conversation, or long within it: commands in the
/// background, for one. Tools announce it here; whoever runs the session hears of it, reads it and
/// stops it. Safe for any thread. At most 256 ended tasks are remembered.
public final class Tasks {
    /// Task.Ended tasks that can still be read.
    private static final int REMEMBERED = 256;

    /// The way to a task that runs.
    public interface Control {
        /// Ends it; returns when it is over, or after a few seconds.
        void stop(String why);

        /// The file that holds its output, or null.
        @Nullable Path output();

        /// Lets the call that waits for it end while the task goes on; false if that can't be.
        default boolean toBackground() {
            return false;
        }
    }

    private record Known(Task about, Control control, boolean over) {}

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Consumer<? super Task.News> recorder;
    private volatile Consumer<? super Task.News> listener = news -> {};

    /// Tasks that nobody records.
    public Tasks() {
        this(news -> {});
    }

    /// `recorder` hears of everything before the listener does.
    public Tasks(Consumer<? super Task.News> recorder) {
        this.recorder = recorder;
    }

    /// From now on this one hears of everything, on the thread on which it happens, so it must be
    /// quick; the one before does no longer.
    public void listener(Consumer<? super Task.News> next) {
        listener = next;
    }

    /// A task has begun; or, if it was known in the foreground, its call no longer waits for it.
    public void started(Task about, Control control) {
        boolean moved;
        synchronized (this) {
            moved = known.put(about.id(), new Known(about, control, false)) != null;
        }
        tell(moved ? new Task.Moved(about) : new Task.Started(about));
    }

    /// The task is over. Only the first word on this counts.
    public void ended(String id, Task.Ending how, String summary, boolean known) {
        Task about;
        Path output;
        synchronized (this) {
            var task = this.known.get(id);
            if (task == null || task.over) {
                return;
            }
            about = task.about;
            output = about.background() ? task.control.output() : null;
            this.known.put(id, new Known(about, task.control, true));
            forgetOld();
        }
        tell(new Task.Ended(about, how, output == null ? "" : output.toString(), summary, known));
    }

    private void forgetOld() {
        var over = known.values().stream().filter(Known::over).toList();
        over.stream()
                .limit(Math.max(0, over.size() - REMEMBERED))
                .forEach(task -> known.remove(task.about.id()));
    }

    private void tell(Task.News news) {
        try {
            recorder.accept(news);
        } finally {
            listener.accept(news);
        }
    }

    /// The tasks that run in the background, oldest first.
    public synchronized List<Task> background() {
        return known.values().stream()
                .filter(task -> !task.over && task.about.background())
                .map(Known::about)
                .toList();
    }

    /// Ends a task; false if none with this id runs.
    public boolean stop(String id, String why) {
        Control control;
        synchronized (this) {
            var task = known.get(id);
            if (task == null || task.over) {
                return false;
            }
            control = task.control;
        }
        control.stop(why);
        return true;
    }

    /// Lets calls end that wait for a task, all of them or the one with this id; whether there was
    /// one.
    public boolean toBackground(@Nullable String toolUseId) {
        List<Control> waiting;
        synchronized (this) {
            waiting =
                    known.values().stream()
                            .filter(task -> !task.over && !task.about.background())
                            .filter(task ->
                                    toolUseId == null || task.about.toolUseId().equals(toolUseId))
                            .map(Known::control)
                            .toList();
        }
        return waiting.stream().filter(Control::toBackground).count() > 0;
    }

    /// The file that holds a task's output, also when it is over; empty for an unknown id or a task
    /// without a file.
    public synchronized Optional<Path> output(String id) {
        return Optional.ofNullable(known.get(id)).map(task -> task.control.output());
    }
}
