package dev.bowline.anthropic.wire;

import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import dev.bowline.json.JsonOut;
import dev.bowline.message.ContentBlock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Content blocks of an answer, from JSON.
final class Blocks {
    private static final Pattern HALF_PAIR =
            Pattern.compile(
                    "\\\\u[dD][89abAB]..(?!\\\\u[dD][c-fC-F])|(?<!\\\\u[dD][89abAB]..)\\\\u[dD][c-fC-F]");

    private Blocks() {}

    /// The block that `raw` describes; of a type that isn't known, the whole of it.
    static ContentBlock read(Json raw) {
        var members = members(raw);
        return switch (text(members.get("type"))) {
            case "text" -> new ContentBlock.Text(text(members.get("text")), extra(members));
            case "thinking" ->
                    new ContentBlock.Thinking(
                            text(members.get("thinking")), text(members.get("signature")));
            case "redacted_thinking" ->
                    new ContentBlock.RedactedThinking(text(members.get("data")));
            case "tool_use" ->
                    new ContentBlock.ToolUse(
                            text(members.get("id")),
                            text(members.get("name")),
                            input(members.getOrDefault("input", Json.EMPTY_OBJECT).text()));
            default -> new ContentBlock.Unknown(raw);
        };
    }

    /// The members of an object, each whole; empty for anything else.
    static Map<String, Json> members(Json object) {
        var members = new LinkedHashMap<String, Json>();
        try (var in = JsonIn.of(object.text())) {
            if (in.isObject()) {
                for (var name = in.nextField(); name != null; name = in.nextField()) {
                    members.put(name, in.raw());
                }
            }
        }
        return members;
    }

    private static String text(@Nullable Json value) {
        if (value == null) {
            return "";
        }
        try (var in = JsonIn.of(value.text())) {
            return in.string();
        }
    }

    /// What a text block says beyond its text, for example citations; null if nothing.
    private static @Nullable Json extra(Map<String, Json> members) {
        members.remove("type");
        members.remove("text");
        members.values().removeIf(value -> value.equals(Json.NULL));
        return members.isEmpty() ? null : Json.of(members);
    }

    /// A tool's input from its JSON text, on one line. Nothing is the empty object; what is no JSON
    /// object is wrapped.
    static Json input(String text) {
        if (text.isBlank()) {
            return Json.EMPTY_OBJECT;
        }
        try {
            var json = Json.parse(text);
            if (json.isObject()) {
                return oneLine(whole(json));
            }
        } catch (IllegalArgumentException e) {
            // what the model wrote goes back to it as it is
        }
        return unparsed(text);
    }

    /// Half a surrogate pair, which no service takes back, becomes U+FFFD.
    private static Json whole(Json json) {
        return HALF_PAIR.matcher(json.text()).find() ? Json.of(json.value()) : json;
    }

    /// Valid JSON has line breaks between its tokens only; without them a line of a transcript
    /// holds the same text.
    private static Json oneLine(Json json) {
        var text = json.text();
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? json
                : Json.parse(text.replace('\n', ' ').replace('\r', ' '));
    }

    private static Json unparsed(String raw) {
        try (var out = JsonOut.toText()) {
            out.beginObject().name("__unparsedToolInput").beginObject();
            out.field("raw", raw).field("len", raw.length());
            out.endObject().endObject();
            return Json.parse(out.text());
        }
    }
}
