package dev.bowline.testkit.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with one request.
final class Findings {
    final Rules rules;
    private final long request;
    private final List<Violation> found = new ArrayList<>();
    private int cacheMarks;

    Findings(long request, Rules rules) {
        this.request = request;
        this.rules = rules;
    }

    void add(String where, String message) {
        add(400, where, message);
    }

    void add(int status, String where, String message) {
        found.add(new Violation(request, status, ErrorReply.typeOf(status), where, message));
    }

    List<Violation> list() {
        return found;
    }

    int cacheMarks() {
        return cacheMarks;
    }

    /// Reports fields that are not among the known ones, where the rules want that.
    void fields(Map<String, Object> object, Set<String> known, String where) {
        if (rules.unknownFields()) {
            for (var name : object.keySet()) {
                if (!known.contains(name)) {
                    add(
                            under(where, name),
                            "this field is not known and extra inputs are not permitted");
                }
            }
        }
    }

    /// A required string; reports it and gives null when there is none.
    @Nullable String string(Map<String, Object> object, String name, String where) {
        var value = object.get(name);
        if (value instanceof String text) {
            return text;
        }
        add(under(where, name), value == null ? "field required" : "must be a string");
        return null;
    }

    /// Counts a mark of prompt caching and checks its shape.
    void cacheMark(Map<String, Object> object, String where) {
        var mark = object.get("cache_control");
        if (mark == null) {
            return;
        }
        cacheMarks++;
        if (!(mark instanceof Map<?, ?> map) || !"ephemeral".equals(map.get("type"))) {
            add(under(where, "cache_control"), "must be an object of type 'ephemeral'");
        } else if (!isOneOf(map.get("ttl"), "5m", "1h")) {
            add(under(where, "cache_control.ttl"), "must be '5m' or '1h'");
        }
    }

    /// True when the value is absent or one of these.
    static boolean isOneOf(@Nullable Object value, String... allowed) {
        return value == null || List.of(allowed).contains(value);
    }

    static String under(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }
}
