package dev.bowline.tool;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a `$ref` names within its own schema: `#`, a pointer such as `#/$defs/Point`, or an
/// anchor in `$defs`.
final class Refs {
    private static final int MAX_HOPS = 64;

    private final Map<?, ?> root;

    Refs(Map<?, ?> root) {
        this.root = root;
    }

    /// The schema, or null if there is none or references only lead in a circle.
    @Nullable Object find(String ref) {
        var next = ref;
        for (int hops = 0; hops < MAX_HOPS; hops++) {
            var found = next.startsWith("#") ? target(next.substring(1)) : null;
            if (found instanceof Map<?, ?> map
                    && map.size() == 1
                    && map.get("$ref") instanceof String further) {
                next = further;
            } else {
                return found instanceof Map || found instanceof Boolean ? found : null;
            }
        }
        return null;
    }

    private @Nullable Object target(String pointer) {
        if (!pointer.startsWith("/")) {
            return pointer.isEmpty() ? root : anchor(pointer);
        }
        Object at = root;
        for (var part : pointer.substring(1).split("/", -1)) {
            var key = part.replace("%24", "$").replace("~1", "/").replace("~0", "~");
            at =
                    switch (at) {
                        case Map<?, ?> map -> map.get(key);
                        case List<?> list when key.matches("\\d{1,6}") ->
                                Integer.parseInt(key) < list.size()
                                        ? list.get(Integer.parseInt(key))
                                        : null;
                        case null, default -> null;
                    };
        }
        return at;
    }

    private @Nullable Object anchor(String name) {
        for (var place : List.of("$defs", "definitions")) {
            if (root.get(place) instanceof Map<?, ?> defs) {
                for (var def : defs.values()) {
                    if (def instanceof Map<?, ?> map
                            && (name.equals(map.get("$anchor"))
                                    || ("#" + name).equals(map.get("$id")))) {
                        return def;
                    }
                }
            }
        }
        return null;
    }
}
