package dev.bowline.cli.headless;

import dev.bowline.cli.wiring.Configuration;
import dev.bowline.json.Json;
import dev.bowline.project.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /// A member that is an object or its JSON text; nothing for anything else.
    ///
    /// @throws IllegalArgumentException for a text that is no JSON
    Optional<Json> json(String name) {
        return switch (members.get(name)) {
            case String text when !text.isBlank() -> Optional.of(Json.parse(text));
            case Map<?, ?> map -> Optional.of(Json.of(map));
            case null, default -> Optional.empty();
        };
    }

    /// The settings with those that the host gives beside them.
    ///
    /// @throws dev.bowline.error.BowlineException `config_invalid`
    /// @throws IllegalArgumentException when they can't be understood
    Configuration beside(Configuration settings) {
        var managed = json("managedSettings");
        var all =
                managed.isEmpty()
                        ? settings
                        : settings.with(Source.HOST, "managedSettings", managed.get());
        var given = json("settings");
        return given.isEmpty() ? all : all.with(Source.FLAG, "settings", given.get());
    }

    /// Members that have something to say and that nothing is done with.
    List<String> unused() {
        return Stream.of("agents", "plugins", "skills").filter(this::has).toList();
    }

    /// The instructions that replace ours; an empty list when there shall be none.
    Optional<List<String>> systemPrompt() {
        return has("systemPrompt")
                ? Optional.of(
                        texts("systemPrompt").stream().filter(part -> !part.isBlank()).toList())
                : Optional.empty();
    }
}
