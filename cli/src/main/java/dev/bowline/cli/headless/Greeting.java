package dev.bowline.cli.headless;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a host says of itself in its `initialize` request, read on demand. Members of the wrong
/// type count as absent.
record Greeting(Map<String, @Nullable Object> members) {
    /// Of a host that has not said anything.
    static final Greeting NONE = new Greeting(Map.of());

    static Greeting of(Json request) {
        return new Greeting(request.asMap());
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// Strings of a list; a single string counts as a list of one.
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        switch (members.get(name)) {
            case String text -> texts.add(text);
            case List<?> all -> {
                for (var one : all) {
                    if (one instanceof String text) {
                        texts.add(text);
                    }
                }
            }
            case null, default -> {}
        }
        return texts;
    }

    /// Members of an object by name.
    Map<String, @Nullable Object> object(String name) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> object.put(String.valueOf(key), value));
        }
        return object;
    }

    /// The schema of structured output.
    Optional<Json> schema() {
        return has("jsonSchema")
                ? Optional.of(Json.of(members.get("jsonSchema")))
                : Optional.empty();
    }

    /// Settings, given as an object or as its JSON text; empty for anything else.
    Map<String, @Nullable Object> settings(String name) {
        if (members.get(name) instanceof String text) {
            try {
                return Json.parse(text).asMap();
            } catch (IllegalArgumentException notJson) {
                return Map.of();
            }
        }
        return object(name);
    }

    /// The instructions that replace ours; an empty list when there shall be none.
    Optional<List<String>> systemPrompt() {
        return has("systemPrompt")
                ? Optional.of(
                        texts("systemPrompt").stream().filter(part -> !part.isBlank()).toList())
                : Optional.empty();
    }
}
