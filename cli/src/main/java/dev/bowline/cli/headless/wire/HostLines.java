package dev.bowline.cli.headless.wire;

import dev.bowline.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a host. Total: a line that makes no sense becomes [HostLine.Unreadable].
public final class HostLines {
    private static final int SHOWN = 80;
    private static final Pattern ID = Pattern.compile("\"request_id\"\\s*:\\s*\"([^\"\\\\]+)\"");

    private HostLines() {}

    /// @param line one line without its end
    public static HostLine read(String line) {
        if (line.isBlank()) {
            return new HostLine.Nothing();
        }
        if (line.length() < 3 * LineReader.ENDS && line.contains(LineReader.GAP)) {
            return tooLong(line);
        }
        Map<String, @Nullable Object> members;
        try {
            members = Json.parse(line).asMap();
        } catch (IllegalArgumentException e) {
            return new HostLine.Unreadable(
                    "a line of the input is not JSON and was skipped: " + beginning(line));
        }
        return switch (text(members, "type")) {
            case "user" -> user(members);
            case "control_request" -> request(members);
            case "control_response" -> response(members);
            case "control_cancel_request" -> new HostLine.Cancel(text(members, "request_id"));
            case "update_environment_variables" -> variables(members);
            case "keep_alive" -> new HostLine.Nothing();
            case "" ->
                    new HostLine.Unreadable(
                            "a line of the input has no type and was skipped: " + beginning(line));
            case String other ->
                    new HostLine.Unreadable(
                            "input of type \""
                                    + beginning(other)
                                    + "\" is unknown and was skipped");
        };
    }

    /// A line that there is no room for. An answer in it counts as none, so that nobody waits for
    /// it.
    public static HostLine tooLong(String line) {
        var id = idIn(line);
        return line.startsWith("{") && line.contains("\"control_response\"") && !id.isEmpty()
                ? new HostLine.Refusal(id, "the host's answer is too long for the memory there is")
                : new HostLine.Unreadable(
                        "a line of the input is too long for the memory there is and was skipped: "
                                + beginning(line));
    }

    /// The name of the request that is answered, if it stands in one of the ends.
    private static String idIn(String line) {
        int from = Math.max(0, line.length() - LineReader.ENDS);
        var ends =
                line.substring(0, Math.min(line.length(), LineReader.ENDS)) + line.substring(from);
        var ids = ID.matcher(ends);
        return ids.find() ? ids.group(1) : "";
    }

    private static HostLine user(Map<String, @Nullable Object> line) {
        if (!(line.get("message") instanceof Map<?, ?> message)) {
            return new HostLine.Unreadable(
                    "a user message has no \"message\" object and was skipped");
        }
        var id = uuid(line.get("uuid"));
        return new HostLine.User(
                id == null ? UUID.randomUUID() : id,
                id != null,
                PromptContent.read(message.get("content")),
                priority(text(line, "priority")),
                !Boolean.FALSE.equals(line.get("shouldQuery")),
                Boolean.TRUE.equals(line.get("client_composed")),
                Boolean.TRUE.equals(line.get("isSynthetic")));
    }

    private static HostLine.Priority priority(String word) {
        return switch (word) {
            case "now" -> HostLine.Priority.NOW;
            case "later" -> HostLine.Priority.LATER;
            default -> HostLine.Priority.NEXT;
        };
    }

    /// The name that the host has chosen, or null.
    private static @Nullable UUID uuid(@Nullable Object value) {
        try {
            return value instanceof String name ? UUID.fromString(name) : null;
        } catch (IllegalArgumentException notAUuid) {
            return null;
        }
    }

    private static HostLine request(Map<String, @Nullable Object> line) {
        var id = text(line, "request_id");
        if (id.isEmpty()) {
            return new HostLine.Unreadable(
                    "a control request has no request_id, so it could not be answered, and was skipped");
        }
        if (!(line.get("request") instanceof Map<?, ?> body)) {
            return new HostLine.Request(id, "", Json.EMPTY_OBJECT);
        }
        var subtype = body.get("subtype") instanceof String word ? word : "";
        return new HostLine.Request(id, subtype, Json.of(body));
    }

    private static HostLine response(Map<String, @Nullable Object> line) {
        if (!(line.get("response") instanceof Map<?, ?> response)
                || !(response.get("request_id") instanceof String id)) {
            return new HostLine.Unreadable("a control response names no request and was skipped");
        }
        if ("error".equals(response.get("subtype"))) {
            return new HostLine.Refusal(
                    id,
                    response.get("error") instanceof String why ? why : "the host gave no reason");
        }
        var payload = response.get("response");
        return new HostLine.Reply(id, payload == null ? Json.NULL : Json.of(payload));
    }

    private static HostLine variables(Map<String, @Nullable Object> line) {
        var values = new LinkedHashMap<String, String>();
        if (line.get("variables") instanceof Map<?, ?> all) {
            all.forEach((name, value) -> {
                if (value instanceof String text) {
                    values.put(String.valueOf(name), text);
                }
            });
        }
        return new HostLine.Variables(values);
    }

    private static String text(Map<String, @Nullable Object> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    private static String beginning(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
