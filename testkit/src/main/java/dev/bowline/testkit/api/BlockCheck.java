package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks one content block of a message. Blocks of tools that the service runs itself are let
/// through unread.
final class BlockCheck {
    private static final Map<String, Set<String>> FIELDS =
            Map.of(
                    "text", Set.of("type", "text", "citations", "cache_control"),
                    "image", Set.of("type", "source", "cache_control"),
                    "document",
                            Set.of(
                                    "type",
                                    "source",
                                    "title",
                                    "context",
                                    "citations",
                                    "cache_control"),
                    "search_result",
                            Set.of(
                                    "type",
                                    "source",
                                    "title",
                                    "content",
                                    "citations",
                                    "cache_control"),
                    "thinking", Set.of("type", "thinking", "signature"),
                    "redacted_thinking", Set.of("type", "data"),
                    "tool_use", Set.of("type", "id", "name", "input", "caller", "cache_control"),
                    "tool_result",
                            Set.of("type", "tool_use_id", "content", "is_error", "cache_control"));
    private static final Set<String> UNREAD =
            Set.of(
                    "server_tool_use",
                    "web_search_tool_result",
                    "web_fetch_tool_result",
                    "code_execution_tool_result",
                    "bash_code_execution_tool_result",
                    "text_editor_code_execution_tool_result",
                    "tool_search_tool_result",
                    "mcp_tool_use",
                    "mcp_tool_result",
                    "container_upload",
                    "compaction",
                    "tool_reference");
    private static final Set<String> OF_USER =
            Set.of("text", "image", "document", "search_result", "tool_result");
    private static final Set<String> OF_ASSISTANT =
            Set.of("text", "thinking", "redacted_thinking", "tool_use");
    private static final Set<String> IN_RESULT =
            Set.of("text", "image", "document", "search_result", "tool_reference");
    private static final Set<String> IMAGES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,200}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private final Findings findings;
    private final Issued issued;

    BlockCheck(Findings findings, Issued issued) {
        this.findings = findings;
        this.issued = issued;
    }

    void check(Map<String, Object> block, String role, String where) {
        var type = findings.string(block, "type", where);
        if (type == null || UNREAD.contains(type)) {
            return;
        }
        var fields = FIELDS.get(type);
        if (fields == null) {
            findings.add(where, "'" + type + "' is not a type of content block");
            return;
        }
        if (role.equals("assistant") ? !OF_ASSISTANT.contains(type) : !OF_USER.contains(type)) {
            findings.add(where, type + " blocks cannot be in " + role + " messages");
        }
        var inside = where + "." + type;
        findings.fields(block, fields, inside);
        findings.cacheMark(block, inside);
        content(type, block, inside);
    }

    private void content(String type, Map<String, Object> block, String where) {
        switch (type) {
            case "text" -> text(block, where);
            case "tool_use" -> toolUse(block, where);
            case "tool_result" -> toolResult(block, where);
            case "thinking" -> thinking(block, where);
            case "redacted_thinking" -> redacted(block, where);
            case "image" -> image(block, where);
            default -> source(block, where);
        }
    }

    private void text(Map<String, Object> block, String where) {
        var text = findings.string(block, "text", where);
        if (text != null && text.isBlank()) {
            findings.add(where, "text content blocks must not be empty or white space only");
        }
    }

    private void toolUse(Map<String, Object> block, String where) {
        var id = findings.string(block, "id", where);
        if (id != null && !ID.matcher(id).matches()) {
            findings.add(where + ".id", "must match ^[a-zA-Z0-9_-]+$");
        }
        var name = findings.string(block, "name", where);
        if (name != null && !NAME.matcher(name).matches()) {
            findings.add(where + ".name", "must match ^[a-zA-Z0-9_-]{1,200}$");
        }
        if (!(block.get("input") instanceof Map<?, ?>)) {
            findings.add(
                    where + ".input",
                    block.get("input") == null ? "field required" : "must be an object");
        }
    }

    private void toolResult(Map<String, Object> block, String where) {
        var _ = findings.string(block, "tool_use_id", where);
        var error = block.get("is_error");
        if (error != null && !(error instanceof Boolean)) {
            findings.add(where + ".is_error", "must be a boolean");
        }
        var content = block.get("content");
        if (content == null || content instanceof String) {
            return;
        }
        if (!(content instanceof List<?>)) {
            findings.add(where + ".content", "must be a string or a list of blocks");
        }
        var index = 0;
        for (var item : Json.array(content)) {
            inResult(Json.object(item), where + ".content." + index++);
        }
    }

    private void inResult(Map<String, Object> block, String where) {
        var type = block.get("type");
        if (!(type instanceof String name) || !IN_RESULT.contains(name)) {
            findings.add(where, "'" + type + "' blocks cannot be in a tool_result");
            return;
        }
        if (name.equals("text") && "".equals(findings.string(block, "text", where))) {
            findings.add(where, "text content blocks must not be empty");
        }
        if (name.equals("image")) {
            image(block, where);
        }
        var fields = FIELDS.get(name);
        if (fields != null) {
            findings.fields(block, fields, where);
        }
        findings.cacheMark(block, where);
    }

    private void thinking(Map<String, Object> block, String where) {
        var thinking = findings.string(block, "thinking", where);
        var signature = findings.string(block, "signature", where);
        if (thinking != null && signature != null && !issued.genuine(thinking, signature)) {
            findings.add(
                    where,
                    "the signature does not belong to this thinking block; give it back unchanged");
        }
    }

    private void redacted(Map<String, Object> block, String where) {
        var data = findings.string(block, "data", where);
        if (data != null && Signature.spoiled(data)) {
            findings.add(where, "the data is not what was sent; give it back unchanged");
        }
    }

    private void image(Map<String, Object> block, String where) {
        var source = source(block, where);
        if ("base64".equals(source.get("type"))) {
            if (!IMAGES.contains(String.valueOf(source.get("media_type")))) {
                findings.add(
                        where + ".source.media_type",
                        "must be one of image/jpeg, image/png, image/gif, image/webp");
            }
            if (!base64(source.get("data"))) {
                findings.add(where + ".source.data", "must be Base64 without a data: prefix");
            }
        }
    }

    private static boolean base64(@Nullable Object data) {
        return data instanceof String text && BASE64.matcher(text).matches();
    }

    private Map<String, Object> source(Map<String, Object> block, String where) {
        var source = block.get("source");
        if (source == null) {
            findings.add(where + ".source", "field required");
        }
        return Json.object(source);
    }
}
