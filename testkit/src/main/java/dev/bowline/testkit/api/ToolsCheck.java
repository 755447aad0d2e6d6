package dev.bowline.testkit.api;

import dev.bowline.testkit.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks `tools` and `tool_choice`. Tools that the service runs itself (those with a type of their
/// own) are let through.
final class ToolsCheck {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Set<String> FIELDS =
            Set.of(
                    "type",
                    "name",
                    "description",
                    "input_schema",
                    "cache_control",
                    "strict",
                    "defer_loading",
                    "input_examples",
                    "eager_input_streaming",
                    "allowed_callers");

    private final Map<String, Object> body;
    private final Findings findings;
    private final Set<String> names = new HashSet<>();

    ToolsCheck(Map<String, Object> body, Findings findings) {
        this.body = body;
        this.findings = findings;
    }

    void check() {
        var tools = body.get("tools");
        if (tools != null && !(tools instanceof List<?>)) {
            findings.add("tools", "must be a list");
        }
        var index = 0;
        for (var item : Json.array(tools)) {
            tool(item, "tools." + index++);
        }
        choice();
    }

    private void tool(Object item, String where) {
        if (!(item instanceof Map)) {
            findings.add(where, "must be an object");
            return;
        }
        var tool = Json.object(item);
        findings.cacheMark(tool, where);
        if (tool.get("name") instanceof String given && !names.add(given)) {
            findings.add(
                    "tools", "the names of tools must be unique, found \"" + given + "\" twice");
        }
        if (tool.get("type") != null && !"custom".equals(tool.get("type"))) {
            return;
        }
        var custom = where + ".custom";
        findings.fields(tool, FIELDS, custom);
        var name = findings.string(tool, "name", custom);
        if (name != null && !NAME.matcher(name).matches()) {
            findings.add(custom + ".name", "\"" + name + "\" must match ^[a-zA-Z0-9_-]{1,128}$");
        }
        if (tool.get("description") != null) {
            var _ = findings.string(tool, "description", custom);
        }
        schema(tool, custom + ".input_schema");
    }

    private void schema(Map<String, Object> tool, String where) {
        if (!(tool.get("input_schema") instanceof Map<?, ?>)) {
            findings.add(
                    where,
                    tool.get("input_schema") == null ? "field required" : "must be an object");
            return;
        }
        var schema = Json.object(tool.get("input_schema"));
        if (!"object".equals(schema.get("type"))) {
            findings.add(where + ".type", "must be 'object'");
        }
        for (var word : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.containsKey(word)) {
                findings.add(where, word + " is not supported at the top level");
            }
        }
        for (var property : Json.object(schema.get("properties")).keySet()) {
            if (!PROPERTY.matcher(property).matches()) {
                findings.add(
                        where + ".properties",
                        "\"" + property + "\" must match ^[a-zA-Z0-9_.-]{1,64}$");
            }
        }
    }

    private void choice() {
        if (body.get("tool_choice") == null) {
            return;
        }
        var choice = Json.object(body.get("tool_choice"));
        var type = choice.get("type");
        if (!(type instanceof String text)
                || !Findings.isOneOf(text, "auto", "any", "tool", "none")) {
            findings.add("tool_choice.type", "must be 'auto', 'any', 'tool' or 'none'");
        } else if (Json.array(body.get("tools")).isEmpty()) {
            findings.add("tool_choice", "may only be given together with tools");
        } else if (text.equals("tool") && !names.contains(String.valueOf(choice.get("name")))) {
            findings.add(
                    "tool_choice.name",
                    "the tool '" + choice.get("name") + "' is not among the tools given");
        }
    }
}
