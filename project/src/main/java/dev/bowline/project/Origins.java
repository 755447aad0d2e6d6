package dev.bowline.project;

import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where each value that counts comes from.
///
/// - `key`: for example `permissions.allow`
/// - `file`: as people write it
public record Origins(String key, Json value, Source source, String file) {
    /// All values, of lists each element, in the order of the sources, strongest first. Values of
    /// variables that look like credentials are not shown.
    public static List<Origins> of(Settings settings) {
        var all = new ArrayList<Origins>();
        var seen = new LinkedHashSet<String>();
        for (var file : settings.files()) {
            gather("", file.values(), file, seen, all);
        }
        return all;
    }

    private static void gather(
            String at,
            Map<String, @Nullable Object> values,
            SettingsFile file,
            Set<String> seen,
            List<Origins> all) {
        values.forEach((name, value) -> {
            var key = at.isEmpty() ? name : at + "." + name;
            if (value instanceof Map<?, ?> map) {
                gather(key, Trees.object(map), file, seen, all);
            } else if (value instanceof List<?> list) {
                list.forEach(one -> add(key, one, key + "=" + Json.of(one), file, seen, all));
            } else if (value != null) {
                add(key, value, key, file, seen, all);
            }
        });
    }

    private static void add(
            String key,
            @Nullable Object value,
            String once,
            SettingsFile file,
            Set<String> seen,
            List<Origins> all) {
        if (seen.add(once)) {
            var shown = isSecret(key) ? Json.of("***") : Json.of(value);
            all.add(new Origins(Shown.text(key, 200), shown, file.source(), file.name()));
        }
    }

    private static boolean isSecret(String key) {
        return key.startsWith("env.") && Restraint.isCredential(key.substring(4));
    }
}
