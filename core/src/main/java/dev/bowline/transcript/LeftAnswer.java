package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An answer to an open question, left by a process that doesn't hold the session. `question` is
/// the entry that asked, so that it can't answer another one; `message` is why, or "". It has no
/// input: what runs is what was shown.
public record LeftAnswer(
        UUID question,
        String toolUseId,
        boolean allow,
        boolean always,
        String message,
        String by,
        Instant at) {
    /// Characters of who answers and of why.
    private static final int NAME = 100;

    private static final int MESSAGE = 10_000;
    private static final Set<String> MEMBERS =
            Set.of("v", "question", "toolUse", "allow", "always", "message", "by", "at");

    /// @throws IllegalArgumentException for a name or a message that can't be
    public LeftAnswer {
        checkName(by);
        if (message.length() > MESSAGE) {
            throw new IllegalArgumentException(
                    "the message has more than " + MESSAGE + " characters");
        }
    }

    /// A name fits on one line.
    ///
    /// @throws IllegalArgumentException when this one doesn't
    public static void checkName(String by) {
        if (by.isBlank()
                || by.length() > NAME
                || by.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028)) {
            throw new IllegalArgumentException(
                    "who answers must be named with 1 to " + NAME + " characters on one line");
        }
    }

    /// What it says about a question.
    public Decision decision(Approval question) {
        var why = message.isBlank() ? "" : ": " + message;
        if (allow) {
            var yes = "allowed by " + by + why;
            return always ? question.always(yes) : new Decision.Allow(yes);
        }
        return new Decision.Deny(
                "refused by " + by + why,
                message.isBlank()
                        ? "The user did not allow this call. Do without it, or say why it is needed."
                        : message);
    }

    Json toJson() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("v", 1);
        all.put("question", question.toString());
        all.put("toolUse", toolUseId);
        all.put("allow", allow);
        all.put("always", always);
        all.put("message", message);
        all.put("by", by);
        all.put("at", at.toString());
        return Json.of(all);
    }

    /// Empty if it doesn't have exactly the members of one.
    static Optional<LeftAnswer> of(String text) {
        try {
            var all = Json.parse(text).asMap();
            boolean fits =
                    all.keySet().equals(MEMBERS)
                            && all.get("v") instanceof Long version
                            && version == 1;
            return fits
                            && all.get("question") instanceof String question
                            && all.get("toolUse") instanceof String toolUse
                            && all.get("allow") instanceof Boolean allow
                            && all.get("always") instanceof Boolean always
                            && all.get("message") instanceof String message
                            && all.get("by") instanceof String by
                            && all.get("at") instanceof String at
                    ? Optional.of(
                            new LeftAnswer(
                                    UUID.fromString(question),
                                    toolUse,
                                    allow,
                                    always,
                                    message,
                                    by,
                                    Instant.parse(at)))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
