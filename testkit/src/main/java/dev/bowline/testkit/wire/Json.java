package dev.bowline.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as plain `Map`, `List`, `String`, `Number`, `Boolean` and `null`.
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}

    /// Parses one complete UTF-8 JSON text; trailing text is refused.
    ///
    /// @throws IllegalArgumentException naming the place where the text stops being JSON
    public static @Nullable Object parse(byte[] utf8) {
        try {
            return MAPPER.readValue(utf8, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Parses one complete JSON text.
    ///
    /// @throws IllegalArgumentException naming the place where the text stops being JSON
    public static @Nullable Object parse(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Compact JSON; the order of a map's keys is kept.
    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Compact JSON with the keys of every object sorted, so that equal values give equal texts.
    public static String canonical(@Nullable Object value) {
        return write(sorted(value));
    }

    /// The value as an object, or an empty map when it is something else.
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /// The value as an array, or an empty list when it is something else.
    @SuppressWarnings("unchecked") // any element is an object
    public static List<Object> array(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new TreeMap<String, @Nullable Object>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), sorted(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return value;
    }
}
