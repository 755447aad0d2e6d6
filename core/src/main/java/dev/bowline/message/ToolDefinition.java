package dev.bowline.message;

import dev.bowline.json.Json;
import java.util.regex.Pattern;

/// A tool as the model sees it: name (`[A-Za-z0-9_-]`, at most 128), description, and a JSON schema
/// of type object.
public record ToolDefinition(String name, String description, Json inputSchema) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    public ToolDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tool name \""
                            + name
                            + "\" must be 1 to 128 letters, digits, _ or -; rename the tool");
        }
        if (!"object".equals(inputSchema.asMap().get("type"))) {
            throw new IllegalArgumentException(
                    "the input schema of tool "
                            + name
                            + " must have \"type\": \"object\" at the top");
        }
    }
}
