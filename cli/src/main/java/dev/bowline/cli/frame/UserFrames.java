package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import java.time.Instant;

/// The frames of what is said to the model, by the user or in the user's place.
public final class UserFrames {
    private UserFrames() {}

    /// A message of the user's, said again for programs that want to see what was taken up.
    public static void replay(Frames frames, Event.Prompted prompted, Instant at) {
        frames.send(
                prompted.promptId(),
                frame -> {
                    frame.field("type", "user")
                            .name("message")
                            .beginObject()
                            .field("role", "user")
                            .name("content");
                    Blocks.writeAsSaid(frame, prompted.content());
                    frame.endObject()
                            .name("parent_tool_use_id")
                            .nothing()
                            .field("timestamp", Frames.at(at))
                            .field("isReplay", true);
                });
    }

    /// What the engine has told the model.
    static void noted(Frames frames, Entry entry, Event.Noted noted) {
        frames.send(
                entry.id(),
                frame -> {
                    frame.field("type", "user").name("message").beginObject().field("role", "user");
                    Blocks.writeAll(frame.name("content"), noted.content());
                    frame.endObject()
                            .field("parent_tool_use_id", Json.NULL)
                            .field("timestamp", Frames.at(entry.at()));
                    if (noted.kind() != Event.NoteKind.INTERRUPTED) {
                        frame.field("isSynthetic", true);
                    }
                });
    }
}
