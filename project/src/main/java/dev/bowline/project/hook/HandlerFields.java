package dev.bowline.project.hook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a handler. Each method throws [IllegalArgumentException] for a member of another
/// type; its message begins with the member.
record HandlerFields(Map<?, ?> map) {
    private static final double LONGEST_SECONDS = 86_400;

    Optional<String> text(String name) {
        return switch (map.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw wrong(name, "has to be a text");
        };
    }

    String needed(String name) {
        return text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> wrong(name, "is missing"));
    }

    boolean flag(String name) {
        return switch (map.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            case Object other -> throw wrong(name, "has to be true or false");
        };
    }

    String word(String name, String usual, List<String> words) {
        var word = text(name).orElse(usual);
        if (!words.contains(word)) {
            throw wrong(name, "has to be one of " + String.join(", ", words));
        }
        return word;
    }

    /// At most a day.
    Optional<Duration> seconds(String name) {
        return switch (map.get(name)) {
            case null -> Optional.empty();
            case Number number when number.doubleValue() > 0 ->
                    Optional.of(
                            Duration.ofMillis(
                                    (long)
                                            (Math.min(number.doubleValue(), LONGEST_SECONDS)
                                                    * 1000)));
            case Object other -> throw wrong(name, "has to be a number of seconds above 0");
        };
    }

    Optional<List<String>> texts(String name) {
        if (map.get(name) == null) {
            return Optional.empty();
        }
        if (!(map.get(name) instanceof List<?> list)) {
            throw wrong(name, "has to be a list of texts");
        }
        var texts = new ArrayList<String>();
        for (var one : list) {
            if (!(one instanceof String text)) {
                throw wrong(name, "has to be a list of texts");
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    Map<String, String> pairs(String name) {
        var pairs = new LinkedHashMap<String, String>();
        if (map.get(name) == null) {
            return pairs;
        }
        if (!(map.get(name) instanceof Map<?, ?> given)) {
            throw wrong(name, "has to be an object of texts");
        }
        given.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw wrong(name + "." + key, "has to be a text");
            }
            pairs.put(String.valueOf(key), text);
        });
        return pairs;
    }

    static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("." + name + " " + what);
    }
}
