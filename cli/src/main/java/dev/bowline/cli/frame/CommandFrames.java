package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// The frames of commands that are carried out without asking the model.
public final class CommandFrames {
    private CommandFrames() {}

    /// What a command has to say, as if the model had said it. `more` adds fields.
    public static void words(
            Frames frames,
            Instant at,
            String command,
            String arguments,
            String text,
            Consumer<JsonOut> more) {
        var id = frames.fresh();
        frames.send(
                id,
                frame -> {
                    AssistantFrame.said(frame, id, text, "end_turn", null);
                    frame.field("parent_tool_use_id", Json.NULL)
                            .field("local_command_source", output(text))
                            .field("timestamp", Frames.at(at));
                    more.accept(frame);
                    frame.name("local_command_run")
                            .beginObject()
                            .field("command", command)
                            .field("args", arguments)
                            .endObject();
                });
    }

    private static String output(String text) {
        return "<local-command-stdout>" + text + "</local-command-stdout>";
    }

    /// What a command that changed the session has to say.
    public static void output(Frames frames, Instant at, String text) {
        frames.send(
                frames.fresh(),
                frame ->
                        CompactionFrames.said(frame, output(text))
                                .field("timestamp", Frames.at(at))
                                .field("isReplay", true));
    }

    /// Another model answers from now on.
    public static void modelSet(Frames frames, String model) {
        output(frames, Instant.now(), "Set model to `" + model + "`");
    }

    /// The session is left for a new one; goes out under the old one's id.
    public static void reset(Frames old, Instant at, String next, UUID prompt) {
        old.send(
                old.fresh(),
                frame ->
                        frame.field("type", "conversation_reset")
                                .field("new_conversation_id", next)
                                .field("trigger", "clear")
                                .field("user_message_uuid", prompt.toString())
                                .field("timestamp", Frames.at(at)));
        old.system(
                "background_tasks_changed",
                frame -> Frames.strings(frame.name("tasks"), List.of()));
    }
}
