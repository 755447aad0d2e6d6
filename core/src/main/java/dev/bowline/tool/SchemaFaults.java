package dev.bowline.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with a schema itself.
final class SchemaFaults {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final int MAX_DEPTH = 200;

    private final Refs refs;

    private SchemaFaults(Refs refs) {
        this.refs = refs;
    }

    static Optional<String> of(Map<?, ?> schema) {
        return Optional.ofNullable(new SchemaFaults(new Refs(schema)).inside(schema, 0));
    }

    /// Looks at members whose values are schemas, not at those that hold any value.
    private @Nullable String inside(@Nullable Object schema, int depth) {
        if (depth > MAX_DEPTH) {
            return "it is nested more than " + MAX_DEPTH + " levels deep";
        }
        if (!(schema instanceof Map<?, ?> map)) {
            return schema instanceof Boolean ? null : "a schema must be an object, true or false";
        }
        for (var member : map.entrySet()) {
            var fault = member(String.valueOf(member.getKey()), member.getValue(), depth);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String member(String name, @Nullable Object value, int depth) {
        return switch (name) {
            case "$ref" ->
                    value instanceof String ref && refs.find(ref) != null
                            ? null
                            : "\"$ref\": " + value + " leads nowhere";
            case "type" -> type(value);
            case "pattern" -> pattern(String.valueOf(value));
            case "required", "enum" ->
                    value instanceof List ? null : "\"" + name + "\" must be a list";
            case "properties", "patternProperties", "$defs", "definitions" ->
                    value instanceof Map<?, ?> all
                            ? first(all.values(), depth)
                            : "\"" + name + "\" must be an object";
            case "allOf", "anyOf", "oneOf", "prefixItems" ->
                    value instanceof List<?> all && !all.isEmpty()
                            ? first(all, depth)
                            : "\"" + name + "\" must be a list of schemas";
            case "items" ->
                    value instanceof List<?> all ? first(all, depth) : inside(value, depth + 1);
            case "additionalProperties", "not", "contains", "propertyNames" ->
                    inside(value, depth + 1);
            default -> null;
        };
    }

    private @Nullable String first(Iterable<?> schemas, int depth) {
        for (var schema : schemas) {
            var fault = inside(schema, depth + 1);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable String type(@Nullable Object value) {
        List<?> types = value instanceof List<?> several ? several : List.of(String.valueOf(value));
        for (var type : types) {
            if (!TYPES.contains(String.valueOf(type))) {
                return "there is no type \"" + type + "\"";
            }
        }
        return null;
    }

    private static @Nullable String pattern(String text) {
        try {
            Pattern.compile(text);
            return null;
        } catch (PatternSyntaxException e) {
            return "\"" + text + "\" is not a regular expression";
        }
    }
}
