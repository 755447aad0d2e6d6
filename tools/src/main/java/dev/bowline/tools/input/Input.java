package dev.bowline.tools.input;

import dev.bowline.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The arguments of one call. Accepts numbers and booleans sent as text.
public record Input(Map<String, @Nullable Object> values) {

    public static Input of(Json json) {
        return new Input(json.asMap());
    }

    /// A text argument; "" when it is missing.
    public String text(String name) {
        return optionalText(name).orElse("");
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(String::valueOf);
    }

    public boolean flag(String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    /// A flag that is true when it is missing.
    public boolean flagOrTrue(String name) {
        return !"false".equalsIgnoreCase(text(name));
    }

    /// A whole number.
    ///
    /// @throws IllegalArgumentException if it is there and is no number
    public OptionalLong number(String name) {
        var value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    value instanceof Number number
                            ? number.longValue()
                            : Long.parseLong(value.toString().strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field \"" + name + "\" must be a whole number, not \"" + value + "\"", e);
        }
    }
}
