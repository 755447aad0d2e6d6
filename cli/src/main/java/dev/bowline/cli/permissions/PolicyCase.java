package dev.bowline.cli.permissions;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question about a policy, as one JSON object on a line.
///
/// - `id`: any JSON value, given back
/// - `allow`, `ask`, `deny`: rules as people write them, bad ones as well
/// - `dns`: host names and their addresses instead of look-ups, `*` for all others; null to judge
///   addresses by their form only
record PolicyCase(
        @Nullable Object id,
        String tool,
        Json input,
        PermissionMode mode,
        List<String> allow,
        List<String> ask,
        List<String> deny,
        Path directory,
        Path home,
        List<Path> additional,
        @Nullable Map<String, List<String>> dns) {

    /// @throws IllegalArgumentException saying what is wrong with the line
    static PolicyCase parse(Json line, Path here, Path home) {
        var fields = new Fields(line.asMap());
        var rules = new Fields(fields.object("rules").orElse(Map.of()));
        var directory = fields.path("cwd", here, here);
        var input = fields.object("input").map(Json::of).orElse(Json.EMPTY_OBJECT);
        return new PolicyCase(
                line.asMap().get("id"),
                fields.text("tool")
                        .orElseThrow(() -> new IllegalArgumentException("\"tool\" is missing")),
                input,
                PermissionMode.of(fields.text("mode").orElse("default")),
                rules.texts("allow"),
                rules.texts("ask"),
                rules.texts("deny"),
                directory,
                fields.path("home", here, home),
                fields.texts("additionalDirectories").stream()
                        .map(text -> Fields.path("additionalDirectories", text, directory))
                        .toList(),
                fields.object("dns").map(PolicyCase::addresses).orElse(null));
    }

    private static Map<String, List<String>> addresses(Map<String, @Nullable Object> names) {
        var fields = new Fields(names);
        var all = new HashMap<String, List<String>>();
        names.keySet().forEach(name -> all.put(name, fields.texts(name)));
        return Map.copyOf(all);
    }

    /// Reads fields of an object, naming those that are of another type.
    private record Fields(Map<String, @Nullable Object> values) {
        Optional<String> text(String name) {
            var value = values.get(name);
            if (value != null && !(value instanceof String)) {
                throw new IllegalArgumentException("\"" + name + "\" must be a text");
            }
            return Optional.ofNullable((String) value);
        }

        @SuppressWarnings("unchecked") // JSON objects have text as keys
        Optional<Map<String, @Nullable Object>> object(String name) {
            var value = values.get(name);
            if (value != null && !(value instanceof Map)) {
                throw new IllegalArgumentException("\"" + name + "\" must be an object");
            }
            return Optional.ofNullable((Map<String, @Nullable Object>) value);
        }

        List<String> texts(String name) {
            var value = values.get(name);
            if (value == null) {
                return List.of();
            }
            if (value instanceof String one) {
                return List.of(one);
            }
            var all = new ArrayList<String>();
            if (value instanceof List<?> list) {
                for (var item : list) {
                    if (item instanceof String text) {
                        all.add(text);
                    } else {
                        throw new IllegalArgumentException(
                                "\"" + name + "\" must be a list of texts");
                    }
                }
                return all;
            }
            throw new IllegalArgumentException("\"" + name + "\" must be a list of texts");
        }

        Path path(String name, Path base, Path missing) {
            return text(name).map(text -> path(name, text, base)).orElse(missing);
        }

        static Path path(String name, String text, Path base) {
            try {
                return base.resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("\"" + name + "\" is no path: " + text, e);
            }
        }
    }
}
