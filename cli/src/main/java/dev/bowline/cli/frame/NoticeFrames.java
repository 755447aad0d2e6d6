package dev.bowline.cli.frame;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.StreamEvent;
import dev.bowline.transcript.Event;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Short notices between the frames of a turn.
public final class NoticeFrames {
    private NoticeFrames() {}

    /// What has become of a message that the host has named.
    public static void lifecycle(Frames frames, UUID message, String state) {
        frames.send(
                frames.fresh(),
                frame ->
                        frame.field("type", "command_lifecycle")
                                .field("command_uuid", message.toString())
                                .field("state", state));
    }

    /// The session has this title.
    public static void title(Frames frames, String title) {
        frames.system("session_title_changed", frame -> frame.field("title", title));
    }

    /// The model is asked again after a failure.
    static void retrying(Frames frames, StreamEvent.Retrying again) {
        var status = again.status();
        frames.system(
                "api_retry",
                frame -> {
                    frame.field("attempt", again.attempt())
                            .field("max_retries", again.maxRetries())
                            .field("retry_delay_ms", again.delay().toMillis())
                            .name("error_status");
                    if (status == null) {
                        frame.nothing();
                    } else {
                        frame.number(status);
                    }
                    frame.field("error", Ending.retryError(status));
                });
    }

    /// What a hook wants the user to read.
    static void said(Frames frames, Event.HookRan ran, String message) {
        var about = ran.about() == null ? "" : ":" + ran.about();
        frames.system(
                "informational",
                frame -> {
                    if (ran.failed()) {
                        frame.field("content", ran.event() + ": " + message)
                                .field("level", "warning")
                                .field("tag", "hook_callback_failed");
                    } else {
                        frame.field("content", ran.event() + about + " says: " + message)
                                .field("level", "notice");
                    }
                });
    }

    /// A stop hook keeps the turn going.
    static void heldBack(Frames frames) {
        notice(frames, "stop-hook-error", "A stop hook keeps the turn from ending.", "immediate");
    }

    /// A stop hook has kept the turn going for so long that it is no longer asked.
    static void letGo(Frames frames) {
        var why =
                "A stop hook has kept the turn from ending too often in a row and is overruled; a hook sees in stop_hook_active that it has done so before.";
        notice(frames, "stop-hook-block-cap", why, "high");
        frames.system(
                "informational", frame -> frame.field("content", why).field("level", "warning"));
    }

    /// Another model answers from now on.
    static void fellBack(Frames frames, StreamEvent.FellBack other) {
        frames.system(
                "model_fallback",
                frame ->
                        frame.field("trigger", trigger(other.reason()))
                                .field("original_model", other.from())
                                .field("fallback_model", other.to())
                                .field(
                                        "content",
                                        other.from()
                                                + (other.reason() == ErrorCode.API_OVERLOADED
                                                        ? " is overloaded"
                                                        : " does not answer")
                                                + "; going on with "
                                                + other.to()));
    }

    /// The model has declined to answer the message `prompt`.
    static void refused(Frames frames, Event.Replied replied, @Nullable UUID prompt) {
        var details = replied.stopDetails();
        Map<String, @Nullable Object> said =
                details == null || !details.isObject() ? Map.of() : details.asMap();
        frames.system(
                "model_refusal_no_fallback",
                frame ->
                        frame.field("original_model", replied.model())
                                .field("request_id", replied.requestId())
                                .field("api_refusal_category", text(said.get("category")))
                                .field("api_refusal_explanation", text(said.get("explanation")))
                                .field(
                                        "refused_user_message_uuid",
                                        prompt == null ? null : prompt.toString())
                                .field("content", replied.model() + " has declined to answer."));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static String trigger(ErrorCode reason) {
        return switch (reason) {
            case API_OVERLOADED -> "overloaded";
            case API_MODEL_NOT_FOUND -> "model_not_found";
            default -> "server_error";
        };
    }

    private static void notice(Frames frames, String key, String text, String priority) {
        frames.system(
                "notification",
                frame -> {
                    frame.field("key", key).field("text", text).field("priority", priority);
                    if (priority.equals("high")) {
                        frame.field("color", "warning");
                    }
                });
    }
}
