package dev.bowline.cli.frame;

import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Decision;
import dev.bowline.transcript.Entry;
import dev.bowline.transcript.Event;
import dev.bowline.transcript.TurnState;
import dev.bowline.transcript.Update;

/// The frames of what has become of a call.
final class ToolFrames {
    private static final String TAG = "<tool_use_error>";
    private static final String INTERRUPTED = ErrorCode.TOOL_INTERRUPTED.wire();

    /// How programs tell a call that was interrupted from one that failed.
    private static final String REJECTED = "User rejected tool use";

    private static final String END_TAG = "</tool_use_error>";

    private ToolFrames() {}

    /// The result of a call, for programs and as the model sees it.
    static void finished(Frames frames, Entry entry, Event.ToolFinished finished) {
        frames.send(
                entry.id(),
                frame -> {
                    frame.field("type", "user").name("message").beginObject().field("role", "user");
                    frame.name("content").beginArray();
                    Blocks.result(
                            frame,
                            finished.toolUseId(),
                            finished.content(),
                            finished.isError(),
                            finished.tool().equals("Bash"),
                            finished.tool().startsWith("mcp__")
                                    && !finished.isError()
                                    && !kept(finished));
                    frame.endArray()
                            .endObject()
                            .field("parent_tool_use_id", Json.NULL)
                            .field("timestamp", Frames.at(entry.at()))
                            .name("tool_use_result");
                    var structured = finished.structured();
                    if (INTERRUPTED.equals(finished.code())) {
                        frame.string(REJECTED);
                    } else if (finished.isError()) {
                        frame.string(problem(ContentBlock.text(finished.content())));
                    } else if (structured != null
                            && !(finished.tool().startsWith("mcp__") && kept(finished))
                            && !finished.tool().equals(TurnState.OUTPUT_TOOL)) {
                        frame.rawLine(structured);
                    } else {
                        frame.string(ContentBlock.text(finished.content()));
                    }
                });
    }

    /// Whether a file has the result and the model only its beginning.
    private static boolean kept(Event.ToolFinished finished) {
        return ContentBlock.text(finished.content()).startsWith("<persisted-output>");
    }

    /// A failure for programs: without the tags that are for the model.
    private static String problem(String text) {
        var plain =
                text.startsWith(TAG) && text.endsWith(END_TAG)
                        ? text.substring(TAG.length(), text.length() - END_TAG.length())
                        : text;
        return plain.startsWith("InputValidationError: ") || plain.startsWith("Error: ")
                ? plain
                : "Error: " + plain;
    }

    /// A rule or the mode has refused a call.
    static void denied(Frames frames, String id, Decision.Deny deny, String by, TurnRecord record) {
        frames.send(
                frames.fresh(),
                frame -> {
                    frame.field("type", "system")
                            .field("subtype", "permission_denied")
                            .field(
                                    "tool_name",
                                    record.call(id).map(ContentBlock.ToolUse::name).orElse(""))
                            .field("tool_use_id", id);
                    var type = reasonType(deny, by);
                    if (!type.equals("other")) {
                        frame.field("decision_reason_type", type);
                    }
                    frame.field("decision_reason", deny.reason()).field("message", deny.message());
                });
    }

    /// A call that takes long is still at work.
    static void progress(Frames frames, Update.Running running) {
        frames.send(
                frames.fresh(),
                frame ->
                        frame.field("type", "tool_progress")
                                .field(
                                        "tool_use_id",
                                        running.toolUseId()
                                                + "-heartbeat-"
                                                + (running.elapsed().toSeconds() / 30 - 1))
                                .field("tool_name", running.tool())
                                .field("parent_tool_use_id", running.toolUseId())
                                .field("elapsed_time_seconds", running.elapsed().toSeconds())
                                .field("heartbeat", true));
    }

    private static String reasonType(Decision.Deny deny, String by) {
        return by.equals("hook")
                ? "hook"
                : deny.reason().startsWith("deny rule")
                        ? "rule"
                        : deny.reason().startsWith("mode ") ? "mode" : "other";
    }
}
