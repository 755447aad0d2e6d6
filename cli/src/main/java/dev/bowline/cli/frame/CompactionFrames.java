package dev.bowline.cli.frame;

import dev.bowline.json.Json;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;

/// The frames of a summary that takes the place of what was said.
public final class CompactionFrames {
    private CompactionFrames() {}

    static void begun(Frames frames) {
        frames.system("status", frame -> frame.field("status", "compacting"));
    }

    static void failed(Frames frames, String why) {
        frames.system(
                "status",
                frame ->
                        frame.field("status", Json.NULL)
                                .field("compact_result", "failed")
                                .field("compact_error", why));
    }

    /// It was made, and holds from here on.
    public static void over(Frames frames) {
        frames.system(
                "status",
                frame -> frame.field("status", Json.NULL).field("compact_result", "success"));
    }

    /// The boundary and the summary, named as in the transcript.
    public static void summary(Frames frames, Entry entry, Event.Compacted done) {
        frames.send(
                entry.blockId(1),
                frame ->
                        frame.field("type", "system")
                                .field("subtype", "compact_boundary")
                                .name("compact_metadata")
                                .beginObject()
                                .field("trigger", done.trigger())
                                .field("pre_tokens", done.preTokens())
                                .field("post_tokens", done.postTokens())
                                .field("duration_ms", done.took().toMillis())
                                .endObject());
        frames.send(
                entry.id(),
                frame ->
                        said(frame, done.summary())
                                .field("timestamp", Frames.at(entry.at()))
                                .field("isReplay", false)
                                .field("isSynthetic", true));
    }

    static dev.bowline.json.JsonOut said(dev.bowline.json.JsonOut frame, String text) {
        return frame.field("type", "user")
                .name("message")
                .beginObject()
                .field("role", "user")
                .field("content", text)
                .endObject()
                .field("parent_tool_use_id", Json.NULL);
    }
}
