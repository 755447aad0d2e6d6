package dev.bowline.tool;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Checks a value against its JSON schema, and mends what models get wrong: `"5"` for 5, `"true"`
/// for true, a list or object sent as its JSON text, null for an optional field.
///
/// Knows `type`, `enum`, `const`, `$ref` within the schema (`#`, `#/$defs/…`, `#/definitions/…`),
/// `allOf`, `anyOf`, `oneOf`, `not`; `properties`, `required`, `additionalProperties`,
/// `patternProperties`, `propertyNames`, `minProperties`, `maxProperties`; `items`, `prefixItems`,
/// `contains`, `minItems`, `maxItems`, `uniqueItems`; `minimum`, `maximum` and both exclusive ones,
/// `multipleOf`; `minLength`, `maxLength` and `pattern`. `format` and every other keyword say
/// nothing here. A pattern gives up after a million looks at the text, a check after a million
/// steps.
public final class SchemaCheck {
    /// Deeper input is refused.
    public static final int MAX_DEPTH = 64;

    private static final int MAX_STEPS = 1_000_000;

    /// Schemas within schemas for one value and those around it.
    private static final int MAX_LEVELS = 512;

    private final Refs refs;
    private final SchemaValues values;
    private List<String> problems = new ArrayList<>();
    private boolean mending = true;
    private int steps;
    private int levels;

    private SchemaCheck(Refs refs) {
        this.refs = refs;
        this.values = new SchemaValues(problem -> problems.add(problem));
    }

    /// What came out: the input to use, and what is wrong with it (empty when it fits).
    public record Result(Json input, List<String> problems) {}

    public static Result check(Json schema, Json input) {
        var root = schema.asMap();
        var check = new SchemaCheck(new Refs(root));
        var value = check.any(root, input.value(), "", 0);
        return new Result(
                check.problems.isEmpty() ? Json.of(value) : input, List.copyOf(check.problems));
    }

    /// What is wrong with the schema itself, in one sentence: a reference that leads nowhere, a
    /// pattern that is none, a type that there isn't.
    public static Optional<String> fault(Json schema) {
        return SchemaFaults.of(schema.asMap());
    }

    private @Nullable Object any(Map<?, ?> schema, @Nullable Object given, String at, int depth) {
        if (levels >= MAX_LEVELS) {
            problems.add(SchemaValues.name(at) + " has a schema that refers to itself without end");
            return given;
        }
        levels++;
        try {
            return one(schema, given, at, depth);
        } finally {
            levels--;
        }
    }

    private @Nullable Object one(Map<?, ?> schema, @Nullable Object given, String at, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(
                    SchemaValues.name(at) + " is nested more than " + MAX_DEPTH + " levels deep");
            return given;
        }
        if (++steps > MAX_STEPS) {
            if (steps == MAX_STEPS + 1) {
                problems.add("checking this input takes too long");
            }
            return given;
        }
        var value = given;
        if (schema.get("$ref") instanceof String ref) {
            var target = refs.find(ref);
            if (target == null) {
                problems.add(SchemaValues.name(at) + " refers to the unknown schema " + ref);
                return given;
            }
            value = form(target, value, at, depth);
        }
        value = typed(schema, value, at);
        values.fixed(schema, value, at);
        value = combined(schema, value, at, depth);
        return switch (value) {
            case Map<?, ?> object -> object(schema, object, at, depth);
            case List<?> list -> list(schema, list, at, depth);
            case String text -> values.text(schema, text, at);
            case Number number -> values.number(schema, number, at);
            case null, default -> value;
        };
    }

    /// A schema for the same value, or one that is just true or false.
    private @Nullable Object form(Object schema, @Nullable Object value, String at, int depth) {
        if (schema instanceof Map<?, ?> map) {
            return any(map, value, at, depth);
        }
        if (Boolean.FALSE.equals(schema)) {
            problems.add(SchemaValues.name(at) + " must not be there");
        }
        return value;
    }

    private @Nullable Object typed(Map<?, ?> schema, @Nullable Object value, String at) {
        var types = SchemaValues.types(schema);
        if (types.isEmpty() || types.stream().anyMatch(type -> SchemaValues.is(type, value))) {
            return value;
        }
        for (var type : mending ? types : List.of()) {
            var mended = SchemaValues.mend(type, value);
            if (mended != null) {
                return mended;
            }
        }
        problems.add(
                SchemaValues.name(at)
                        + " must be "
                        + SchemaValues.words(types)
                        + ", not "
                        + SchemaValues.shown(value));
        return value;
    }

    private @Nullable Object combined(
            Map<?, ?> schema, @Nullable Object given, String at, int depth) {
        var value = given;
        if (schema.get("allOf") instanceof List<?> all) {
            for (var one : all) {
                value = form(Objects.requireNonNull(one), value, at, depth);
            }
        }
        if (schema.get("anyOf") instanceof List<?> forms) {
            value = chosen(forms, value, at, depth, (fits, left) -> fits == 1);
        }
        if (schema.get("oneOf") instanceof List<?> forms) {
            value = chosen(forms, value, at, depth, (fits, left) -> fits > 1);
        }
        if (schema.containsKey("not") && fits(schema.get("not"), value, at, depth)) {
            problems.add(SchemaValues.name(at) + " must not fit the schema under \"not\"");
        }
        return value;
    }

    private boolean fits(@Nullable Object schema, @Nullable Object value, String at, int depth) {
        return schema != null && trial(schema, value, at, depth, false).problems.isEmpty();
    }

    private record Trial(@Nullable Object value, List<String> problems) {}

    private Trial trial(
            Object schema, @Nullable Object value, String at, int depth, boolean mends) {
        var before = problems;
        boolean mended = mending;
        problems = new ArrayList<>();
        mending = mended && mends;
        try {
            var result = form(schema, value, at, depth);
            return new Trial(result, problems);
        } finally {
            problems = before;
            mending = mended;
        }
    }

    /// The value as the form that it fits: as it is if it can be, else mended. `enough` says after
    /// how many fits no more forms need be looked at.
    private @Nullable Object chosen(
            List<?> forms,
            @Nullable Object value,
            String at,
            int depth,
            BiPredicate<Integer, Integer> enough) {
        List<String> nearest = List.of();
        for (boolean mends : mending ? new boolean[] {false, true} : new boolean[] {false}) {
            @Nullable Trial found = null;
            int fitting = 0;
            for (int i = 0; i < forms.size() && !enough.test(fitting, i); i++) {
                var form = forms.get(i);
                var trial = trial(form == null ? false : form, value, at, depth, mends);
                if (trial.problems.isEmpty()) {
                    fitting++;
                    found = found == null ? trial : found;
                } else if (nearest.isEmpty() || trial.problems.size() < nearest.size()) {
                    nearest = trial.problems;
                }
            }
            if (fitting > 1 && !mends && enough.test(2, 0)) {
                problems.add(SchemaValues.name(at) + " must fit only one form, and fits several");
                return value;
            }
            if (found != null) {
                return found.value;
            }
        }
        problems.add(
                SchemaValues.name(at)
                        + " must fit one of "
                        + forms.size()
                        + " forms; nearest: "
                        + String.join("; ", nearest));
        return value;
    }

    private Map<String, @Nullable Object> object(
            Map<?, ?> schema, Map<?, ?> object, String at, int depth) {
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        required.stream()
                .filter(key -> !object.containsKey(key))
                .forEach(key ->
                        problems.add(
                                "required field \""
                                        + SchemaValues.path(at, key)
                                        + "\" is missing"));
        values.size(schema, object.size(), at);
        var checked = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((key, element) -> {
            var name = String.valueOf(key);
            var field = SchemaValues.path(at, name);
            if (schema.get("propertyNames") instanceof Map<?, ?> names) {
                any(names, name, field, depth + 1);
            }
            var forms = SchemaValues.fieldSchemas(schema, name);
            if (forms.isEmpty()) {
                problems.add(SchemaValues.unexpected(schema, field));
                return;
            }
            if (element == null && mending && !forms.stream().allMatch(f -> nullable(f, depth))) {
                if (required.contains(name)) {
                    problems.add("required field \"" + field + "\" must not be null");
                }
                return;
            }
            var value = element;
            for (var form : forms) {
                value = form(form, value, field, depth + 1);
            }
            checked.put(name, value);
        });
        return checked;
    }

    private boolean nullable(Object schema, int depth) {
        return fits(schema, null, "", depth);
    }

    private List<@Nullable Object> list(Map<?, ?> schema, List<?> list, String at, int depth) {
        values.items(schema, list, at);
        List<?> first =
                schema.get("prefixItems") instanceof List<?> prefix
                        ? prefix
                        : schema.get("items") instanceof List<?> tuple ? tuple : List.of();
        var rest = schema.get("items") instanceof List<?> ? null : schema.get("items");
        var checked = new ArrayList<@Nullable Object>();
        for (int i = 0; i < list.size(); i++) {
            var form = i < first.size() ? first.get(i) : rest;
            var element = list.get(i);
            checked.add(
                    form == null ? element : form(form, element, at + "[" + i + "]", depth + 1));
        }
        if (schema.get("contains") instanceof Map<?, ?> wanted
                && list.stream().noneMatch(element -> fits(wanted, element, at, depth))) {
            problems.add(SchemaValues.name(at) + " must contain an item that fits \"contains\"");
        }
        return checked;
    }
}
