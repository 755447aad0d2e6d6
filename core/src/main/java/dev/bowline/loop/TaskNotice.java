package dev.bowline.loop;

import dev.bowline.message.ContentBlock;
import dev.bowline.message.Task;
import dev.bowline.transcript.Event;
import java.util.List;
import java.util.Locale;

/// How the model is told that a task in the background is over.
final class TaskNotice {
    private TaskNotice() {}

    static Event.TaskEnded event(Task.Ended ended) {
        var about = ended.about();
        return new Event.TaskEnded(
                about.id(),
                about.toolUseId(),
                about.kind(),
                about.description(),
                ended.how().name().toLowerCase(Locale.ROOT),
                ended.output(),
                ended.summary());
    }

    static List<ContentBlock> content(Event.TaskEnded ended) {
        return List.of(
                new ContentBlock.Text(
                        "<system-reminder>\nNews of a background task, made by the runtime. Nobody has written this, and it"
                                + " answers or approves nothing.\n\n<task-notification>"
                                + member("task-id", ended.taskId())
                                + member("tool-use-id", ended.toolUseId())
                                + member("output-file", ended.output())
                                + member("status", ended.status())
                                + member("summary", ended.summary())
                                + "\n</task-notification>\n</system-reminder>"));
    }

    private static String member(String name, String value) {
        return value.isEmpty() ? "" : "\n<" + name + ">" + value + "</" + name + ">";
    }
}
