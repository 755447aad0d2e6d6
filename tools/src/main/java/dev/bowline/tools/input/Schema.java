package dev.bowline.tools.input;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the JSON schema of a tool's input, property by property, in the order of the calls.
public final class Schema {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    private Schema() {}

    public static Schema object() {
        return new Schema();
    }

    /// A property that must be there. `type` is a JSON schema type.
    public Schema required(String name, String type, String description) {
        required.add(name);
        return optional(name, type, description);
    }

    public Schema optional(String name, String type, String description) {
        var property = new LinkedHashMap<String, Object>();
        property.put("type", type);
        property.put("description", description);
        properties.put(name, property);
        return this;
    }

    public Json build() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return Json.of(schema);
    }
}
