package dev.bowline.tool;

import dev.bowline.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON schema of a record: strings, numbers, booleans, enums (lower case), lists, nested
/// records, and [Json] for anything.
final class InputSchema {
    private InputSchema() {}

    static Json of(Class<? extends Record> type) {
        return Json.of(object(type));
    }

    private static Map<String, Object> object(Class<?> type) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            var about = component.getAnnotation(Describe.class);
            var property = new LinkedHashMap<>(property(component.getGenericType()));
            if (about != null) {
                property.put("description", about.value());
            }
            properties.put(component.getName(), property);
            if (about == null || !about.optional()) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return ordered("type", "array", "items", property(generic.getActualTypeArguments()[0]));
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        if (plain == Json.class) {
            return Map.of();
        }
        if (plain.isRecord()) {
            return object(plain);
        }
        if (plain.isEnum()) {
            return ordered("type", "string", "enum", constants(plain));
        }
        return Map.of("type", scalar(plain));
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String scalar(Class<?> type) {
        if (type == String.class) {
            return "string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == int.class
                || type == long.class
                || type == Integer.class
                || type == Long.class) {
            return "integer";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        throw unsupported(type);
    }

    private static Map<String, Object> ordered(String k1, Object v1, String k2, Object v2) {
        var map = new LinkedHashMap<String, Object>();
        map.put(k1, v1);
        map.put(k2, v2);
        return map;
    }

    private static IllegalArgumentException unsupported(@Nullable Type type) {
        return new IllegalArgumentException(
                "a tool input cannot have a component of type "
                        + type
                        + "; use String, int, long, double, boolean, an enum, a record, a List of these, or Json");
    }
}
