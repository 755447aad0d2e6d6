package dev.bowline.tool;

import dev.bowline.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a tool input against its schema, and mends what models get wrong: `"5"` for 5, `"true"`
/// for true, a list or object sent as its JSON text. Knows `type`, `properties`, `required`,
/// `additionalProperties`, `items`, `enum`, `const`, `minimum`, `maximum`, `minLength`,
/// `maxLength`, `minItems`, `maxItems` and `pattern`; other keywords are left to the tool.
public final class SchemaCheck {
    /// Deeper input is refused.
    public static final int MAX_DEPTH = 64;

    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    /// What came out: the input to use, and what is wrong with it (empty when it fits).
    public record Result(Json input, List<String> problems) {}

    public static Result check(Json schema, Json input) {
        var check = new SchemaCheck();
        var value = check.any(schema.asMap(), input.value(), "", 0);
        return new Result(
                check.problems.isEmpty() ? Json.of(value) : input, List.copyOf(check.problems));
    }

    private @Nullable Object any(Map<?, ?> schema, @Nullable Object given, String at, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(name(at) + " is nested more than " + MAX_DEPTH + " levels deep");
            return given;
        }
        var value = typed(schema, given, at);
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            problems.add(
                    name(at) + " must be one of " + Json.of(allowed) + ", not " + shown(value));
        }
        if (schema.containsKey("const") && !Objects.equals(schema.get("const"), value)) {
            problems.add(
                    name(at)
                            + " must be "
                            + Json.of(schema.get("const"))
                            + ", not "
                            + shown(value));
        }
        return switch (value) {
            case Map<?, ?> object -> object(schema, object, at, depth);
            case List<?> list -> list(schema, list, at, depth);
            case String text -> text(schema, text, at);
            case Number number -> number(schema, number, at);
            case null, default -> value;
        };
    }

    private @Nullable Object typed(Map<?, ?> schema, @Nullable Object value, String at) {
        List<?> types =
                schema.get("type") instanceof List<?> several
                        ? several
                        : schema.get("type") == null
                                ? List.of()
                                : List.of(Objects.requireNonNull(schema.get("type")));
        if (types.isEmpty() || types.stream().anyMatch(type -> is(type, value))) {
            return value;
        }
        for (var type : types) {
            var mended = mend(type, value);
            if (mended != null) {
                return mended;
            }
        }
        problems.add(name(at) + " must be " + words(types) + ", not " + shown(value));
        return value;
    }

    private static boolean is(Object type, @Nullable Object value) {
        return switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && whole(number);
            default -> true;
        };
    }

    private static boolean whole(Number number) {
        return !(number instanceof Double d) || (d == Math.rint(d) && !Double.isInfinite(d));
    }

    private static @Nullable Object mend(Object type, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        return switch (String.valueOf(type)) {
            case "boolean" ->
                    text.equalsIgnoreCase("true")
                            ? Boolean.TRUE
                            : text.equalsIgnoreCase("false") ? false : null;
            case "integer", "number", "array", "object" -> fromText(type, text);
            default -> null;
        };
    }

    private static @Nullable Object fromText(Object type, String text) {
        try {
            var value = Json.parse(text.strip()).value();
            return is(type, value) ? value : null;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private Map<String, @Nullable Object> object(
            Map<?, ?> schema, Map<?, ?> object, String at, int depth) {
        var properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(key -> !object.containsKey(key))
                    .forEach(key ->
                            problems.add("required field \"" + path(at, key) + "\" is missing"));
        }
        var checked = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((key, element) -> {
            var property = properties.get(key);
            if (property instanceof Map<?, ?> known) {
                if (element != null || is(String.valueOf(known.get("type")), null)) {
                    checked.put(String.valueOf(key), any(known, element, path(at, key), depth + 1));
                } else if (schema.get("required") instanceof List<?> required
                        && required.contains(key)) {
                    problems.add("required field \"" + path(at, key) + "\" must not be null");
                }
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                problems.add(
                        "unexpected field \""
                                + path(at, key)
                                + "\"; known fields are "
                                + String.join(", ", names(properties)));
            } else {
                checked.put(String.valueOf(key), element);
            }
        });
        return checked;
    }

    private List<@Nullable Object> list(Map<?, ?> schema, List<?> list, String at, int depth) {
        bound(schema, "minItems", list.size(), at, "needs at least %s items");
        bound(schema, "maxItems", list.size(), at, "may have at most %s items");
        if (!(schema.get("items") instanceof Map<?, ?> items)) {
            return new ArrayList<>(list);
        }
        var checked = new ArrayList<@Nullable Object>();
        for (int i = 0; i < list.size(); i++) {
            checked.add(any(items, list.get(i), at + "[" + i + "]", depth + 1));
        }
        return checked;
    }

    private String text(Map<?, ?> schema, String text, String at) {
        bound(schema, "minLength", text.length(), at, "needs at least %s characters");
        bound(schema, "maxLength", text.length(), at, "may have at most %s characters");
        if (schema.get("pattern") instanceof String pattern
                && !Pattern.compile(pattern).matcher(text).find()) {
            problems.add(name(at) + " must match " + pattern);
        }
        return text;
    }

    private Number number(Map<?, ?> schema, Number number, String at) {
        double value = new BigDecimal(number.toString()).doubleValue();
        bound(schema, "minimum", value, at, "must be at least %s");
        bound(schema, "maximum", value, at, "must be at most %s");
        return number;
    }

    private void bound(Map<?, ?> schema, String keyword, double value, String at, String sentence) {
        if (schema.get(keyword) instanceof Number limit) {
            boolean low = keyword.startsWith("min");
            if (low ? value < limit.doubleValue() : value > limit.doubleValue()) {
                problems.add(name(at) + " " + String.format(sentence, limit));
            }
        }
    }

    private static List<String> names(Map<?, ?> properties) {
        return properties.keySet().stream().map(String::valueOf).toList();
    }

    private static String words(List<?> types) {
        return String.join(" or ", types.stream().map(type -> "of type " + type).toList());
    }

    private static String path(String at, Object key) {
        return at.isEmpty() ? String.valueOf(key) : at + "." + key;
    }

    private static String name(String at) {
        return at.isEmpty() ? "the input" : "field \"" + at + "\"";
    }

    private static String shown(@Nullable Object value) {
        var text = Json.of(value).text();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
