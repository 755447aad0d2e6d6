package dev.bowline.project;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values of JSON as maps and lists.
final class Trees {
    /// Lists that are taken as a whole from the strongest who says something.
    private static final Set<String> WHOLE = Set.of("fallbackModel", "availableModels");

    private Trees() {}

    /// Two sets of settings as one: objects merge deeply, lists are joined without duplicates, of
    /// anything else `high` counts. Null is as if it weren't there.
    static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> low, Map<String, @Nullable Object> high) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        low.forEach((key, value) -> put(all, key, value));
        high.forEach((key, value) -> put(all, key, value));
        return all;
    }

    private static void put(Map<String, @Nullable Object> all, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        var old = all.get(key);
        all.put(key, old == null || WHOLE.contains(key) ? value : merged(old, value));
    }

    /// Two values of one key.
    static Object merged(Object low, Object high) {
        if (low instanceof Map<?, ?> one && high instanceof Map<?, ?> other) {
            return merge(object(one), object(other));
        }
        if (low instanceof Collection<?> one && high instanceof Collection<?> other) {
            var joined = new LinkedHashSet<@Nullable Object>(one);
            joined.addAll(other);
            return new ArrayList<>(joined);
        }
        return high;
    }

    /// A map with texts as keys.
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> object.put(String.valueOf(key), element));
        }
        return object;
    }

    /// The value below some keys; null when there is none.
    static @Nullable Object at(Map<String, @Nullable Object> tree, String... keys) {
        Object value = tree;
        for (var key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /// The texts of a list.
    static List<String> texts(@Nullable Object value) {
        var texts = new ArrayList<String>();
        for (var one : list(value)) {
            if (one instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// The same value with the keys of all objects in order.
    static @Nullable Object ordered(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, element) -> sorted.put(String.valueOf(key), ordered(element)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(Trees::ordered).toList();
            case null, default -> value;
        };
    }
}
