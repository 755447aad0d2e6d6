package dev.bowline.project;

import dev.bowline.json.Json;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of one file or flag, as they count.
///
/// - `name`: as people write it, for example `.claude/settings.json` or `--settings`
/// - `path`: the file; null for a flag
/// - `base`: the folder that rules such as `Edit(/src/**)` begin in; absolute
/// - `values`: what it says, without what is held back
public record SettingsFile(
        Source source,
        String name,
        @Nullable Path path,
        Path base,
        Map<String, @Nullable Object> values) {

    SettingsFile with(Map<String, @Nullable Object> other) {
        return new SettingsFile(source, name, path, base, other);
    }

    /// The value below some keys; null when there is none.
    @Nullable Object at(String... keys) {
        return Trees.at(values, keys);
    }

    /// What it says, as JSON.
    public Json json() {
        return Json.of(values);
    }
}
