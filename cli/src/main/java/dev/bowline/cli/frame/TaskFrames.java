package dev.bowline.cli.frame;

import dev.bowline.json.JsonOut;
import dev.bowline.message.Task;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Tasks;
import java.util.List;

/// Tells of the work beside the conversation: each task's start, change and end, and the whole list
/// whenever it changes. Safe for any thread.
public final class TaskFrames {
    private final Frames frames;
    private final Tasks tasks;
    private final TimeSource time;

    public TaskFrames(Frames frames, Tasks tasks, TimeSource time) {
        this.frames = frames;
        this.tasks = tasks;
        this.time = time;
    }

    /// One piece of news.
    public synchronized void tell(Task.News news) {
        switch (news) {
            case Task.Started(var about) -> {
                if (about.background()) {
                    list();
                }
                started(about);
            }
            case Task.Moved(var about) -> {
                list();
                frames.system(
                        "task_updated",
                        frame ->
                                frame.field("task_id", about.id())
                                        .field("run_id", about.id())
                                        .name("patch")
                                        .beginObject()
                                        .field("is_backgrounded", true)
                                        .endObject());
            }
            case Task.Ended ended -> ended(ended);
        }
    }

    private void started(Task about) {
        frames.system(
                "task_started",
                frame ->
                        frame.field("task_id", about.id())
                                .field("run_id", about.id())
                                .field("tool_use_id", about.toolUseId())
                                .field("description", about.description())
                                .field("is_backgrounded", about.background())
                                .field("task_type", about.kind()));
    }

    private void ended(Task.Ended ended) {
        var about = ended.about();
        if (about.background()) {
            frames.system("task_updated", frame -> patch(frame, ended));
        }
        frames.system(
                "task_notification",
                frame ->
                        frame.field("task_id", about.id())
                                .field("run_id", about.id())
                                .field("tool_use_id", about.toolUseId())
                                .field("status", status(ended.how(), "stopped"))
                                .field("output_file", ended.output())
                                .field("summary", ended.summary()));
        if (about.background()) {
            list();
        }
    }

    private void patch(JsonOut frame, Task.Ended ended) {
        frame.field("task_id", ended.about().id())
                .field("run_id", ended.about().id())
                .name("patch")
                .beginObject()
                .field("status", status(ended.how(), "killed"))
                .field("end_time", time.now().toEpochMilli())
                .endObject();
    }

    private static String status(Task.Ending how, String stopped) {
        return switch (how) {
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case STOPPED -> stopped;
        };
    }

    /// The tasks in the background.
    public synchronized void list() {
        List<Task> all = tasks.background();
        frames.system(
                "background_tasks_changed",
                frame -> {
                    frame.name("tasks").beginArray();
                    all.forEach(about ->
                            frame.beginObject()
                                    .field("task_id", about.id())
                                    .field("run_id", about.id())
                                    .field("task_type", about.kind())
                                    .field("description", about.description())
                                    .endObject());
                    frame.endArray();
                });
    }
}
