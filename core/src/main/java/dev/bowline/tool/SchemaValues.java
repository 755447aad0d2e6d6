package dev.bowline.tool;

import dev.bowline.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a schema says about one value without looking into its parts, and how values are named in
/// problems.
final class SchemaValues {
    private static final int FAR = 400;

    private final Consumer<String> problems;

    SchemaValues(Consumer<String> problems) {
        this.problems = problems;
    }

    static List<?> types(Map<?, ?> schema) {
        var type = schema.get("type");
        return type == null ? List.of() : type instanceof List<?> several ? several : List.of(type);
    }

    static boolean is(@Nullable Object type, @Nullable Object value) {
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

    static @Nullable Object mend(@Nullable Object type, @Nullable Object value) {
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

    private static @Nullable Object fromText(@Nullable Object type, String text) {
        try {
            var value = Json.parse(text.strip()).value();
            return is(type, value) ? value : null;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    /// `enum` and `const`.
    void fixed(Map<?, ?> schema, @Nullable Object value, String at) {
        if (schema.get("enum") instanceof List<?> allowed
                && allowed.stream().noneMatch(one -> same(one, value))) {
            problems.accept(
                    name(at) + " must be one of " + Json.of(allowed) + ", not " + shown(value));
        }
        if (schema.containsKey("const") && !same(schema.get("const"), value)) {
            problems.accept(
                    name(at)
                            + " must be "
                            + Json.of(schema.get("const"))
                            + ", not "
                            + shown(value));
        }
    }

    String text(Map<?, ?> schema, String text, String at) {
        int length = text.codePointCount(0, text.length());
        bound(schema, "minLength", length, at, "needs at least %s characters");
        bound(schema, "maxLength", length, at, "may have at most %s characters");
        if (schema.get("pattern") instanceof String pattern) {
            switch (BoundedPattern.find(pattern, text)) {
                case FOUND, NOT_A_PATTERN -> {}
                case NOT_FOUND -> problems.accept(name(at) + " must match " + pattern);
                case GAVE_UP ->
                        problems.accept(
                                name(at) + " cannot be matched with " + pattern + " in time");
            }
        }
        return text;
    }

    Number number(Map<?, ?> schema, Number number, String at) {
        double value = number.doubleValue();
        boolean belowToo = Boolean.TRUE.equals(schema.get("exclusiveMinimum"));
        boolean aboveToo = Boolean.TRUE.equals(schema.get("exclusiveMaximum"));
        bound(schema, "minimum", value, at, "must be at least %s");
        bound(schema, "maximum", value, at, "must be at most %s");
        beyond(schema.get(belowToo ? "minimum" : "exclusiveMinimum"), value, belowToo, true, at);
        beyond(schema.get(aboveToo ? "maximum" : "exclusiveMaximum"), value, aboveToo, false, at);
        if (schema.get("multipleOf") instanceof Number step && !multiple(number, step)) {
            problems.accept(name(at) + " must be a multiple of " + step);
        }
        return number;
    }

    private void beyond(@Nullable Object limit, double value, boolean old, boolean low, String at) {
        if (limit instanceof Number bound
                && (low ? value <= bound.doubleValue() : value >= bound.doubleValue())
                && (!old || value == bound.doubleValue())) {
            problems.accept(name(at) + " must be " + (low ? "more" : "less") + " than " + bound);
        }
    }

    private static boolean multiple(Number number, Number step) {
        var value = exact(number);
        var by = exact(step);
        if (value == null || by == null || by.signum() <= 0) {
            return true;
        }
        boolean far = Math.abs(value.scale()) > FAR || Math.abs(by.scale()) > FAR;
        return far
                ? Math.IEEEremainder(number.doubleValue(), step.doubleValue()) == 0
                : value.remainder(by).signum() == 0;
    }

    private static @Nullable BigDecimal exact(Number number) {
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException infinite) {
            return null;
        }
    }

    void size(Map<?, ?> schema, int fields, String at) {
        bound(schema, "minProperties", fields, at, "needs at least %s fields");
        bound(schema, "maxProperties", fields, at, "may have at most %s fields");
    }

    void items(Map<?, ?> schema, List<?> list, String at) {
        bound(schema, "minItems", list.size(), at, "needs at least %s items");
        bound(schema, "maxItems", list.size(), at, "may have at most %s items");
        if (Boolean.TRUE.equals(schema.get("uniqueItems"))) {
            var seen = new HashSet<@Nullable Object>();
            if (!list.stream().allMatch(element -> seen.add(canonical(element)))) {
                problems.accept(name(at) + " must not have an item twice");
            }
        }
    }

    private void bound(Map<?, ?> schema, String keyword, double value, String at, String sentence) {
        if (schema.get(keyword) instanceof Number limit) {
            boolean low = keyword.startsWith("min");
            if (low ? value < limit.doubleValue() : value > limit.doubleValue()) {
                problems.accept(name(at) + " " + String.format(sentence, limit));
            }
        }
    }

    /// What a field has to fit; nothing if there must be no such field, true if anything will do.
    static List<Object> fieldSchemas(Map<?, ?> schema, String field) {
        var all = new ArrayList<Object>();
        if (schema.get("properties") instanceof Map<?, ?> known && known.get(field) != null) {
            all.add(Objects.requireNonNull(known.get(field)));
        }
        if (schema.get("patternProperties") instanceof Map<?, ?> patterns) {
            patterns.forEach((pattern, form) -> {
                if (form != null
                        && BoundedPattern.find(String.valueOf(pattern), field)
                                == BoundedPattern.Search.FOUND) {
                    all.add(form);
                }
            });
        }
        if (!all.isEmpty()) {
            return all;
        }
        return switch (schema.get("additionalProperties")) {
            case Boolean may -> may ? List.of(true) : List.of();
            case Map<?, ?> form -> List.of(form);
            case null, default -> List.of(true);
        };
    }

    static String unexpected(Map<?, ?> schema, String field) {
        var known =
                schema.get("properties") instanceof Map<?, ?> properties
                        ? properties.keySet().stream().map(String::valueOf).toList()
                        : List.<String>of();
        return "unexpected field \"" + field + "\"; known fields are " + String.join(", ", known);
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b) || Objects.equals(canonical(a), canonical(b));
    }

    /// A form in which 1 and 1.0 are equal.
    private static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case Number number -> {
                var exact = exact(number);
                yield exact == null ? number : exact.stripTrailingZeros();
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(element -> copy.add(canonical(element)));
                yield copy;
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((key, element) -> copy.put(key, canonical(element)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    static String words(List<?> types) {
        return String.join(" or ", types.stream().map(type -> "of type " + type).toList());
    }

    static String path(String at, Object key) {
        return at.isEmpty() ? String.valueOf(key) : at + "." + key;
    }

    static String name(String at) {
        return at.isEmpty() ? "the input" : "field \"" + at + "\"";
    }

    static String shown(@Nullable Object value) {
        var text = Json.of(value).text();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
