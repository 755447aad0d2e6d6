package dev.bowline.testkit.replay;

import dev.bowline.testkit.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where two JSON values differ, as paths with both values cut short.
final class Differences {
    private static final int SHOWN = 60;

    private final List<String> found = new ArrayList<>();

    static List<String> between(@Nullable Object recorded, @Nullable Object came) {
        var differences = new Differences();
        differences.compare("", recorded, came);
        return differences.found;
    }

    private void compare(String path, @Nullable Object recorded, @Nullable Object came) {
        if (recorded instanceof Map<?, ?> a && came instanceof Map<?, ?> b) {
            var names = new TreeSet<String>(Json.object(a).keySet());
            names.addAll(Json.object(b).keySet());
            for (var name : names) {
                compare(path.isEmpty() ? name : path + "." + name, a.get(name), b.get(name));
            }
        } else if (recorded instanceof List<?> a && came instanceof List<?> b) {
            for (var i = 0; i < Math.max(a.size(), b.size()); i++) {
                compare(
                        path + "." + i,
                        i < a.size() ? a.get(i) : null,
                        i < b.size() ? b.get(i) : null);
            }
        } else if (!Objects.equals(recorded, came)) {
            found.add(
                    (path.isEmpty() ? "the body" : path)
                            + ": recorded "
                            + shown(recorded)
                            + ", came "
                            + shown(came));
        }
    }

    private static String shown(@Nullable Object value) {
        var text = value == null ? "nothing" : Json.write(value);
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
