package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookMatcher;
import dev.bowline.json.Json;
import dev.bowline.permission.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the `hooks` of one source.
final class HookReader {
    /// Handlers of one source; more are left out.
    private static final int MOST = 1_000;

    private final String source;
    private final List<HookEntry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    HookReader(String source) {
        this.source = source;
    }

    HookConfig read(Json hooks) {
        if (!hooks.isObject()) {
            wrong("hooks", "has to be an object with the names of events");
        }
        hooks.asMap().forEach(this::event);
        return new HookConfig(entries, problems);
    }

    private void event(String name, @Nullable Object groups) {
        var key = "hooks." + name;
        if (!HookEvent.NAMES.contains(name)) {
            wrong(key, "is not an event");
            return;
        }
        if (!(groups instanceof List<?> list)) {
            wrong(key, "has to be a list of {matcher, hooks}");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            group(name, key + "[" + i + "]", list.get(i));
        }
    }

    private void group(String event, String key, @Nullable Object group) {
        if (!(group instanceof Map<?, ?> map)) {
            wrong(key, "has to be an object with hooks");
            return;
        }
        if (!(map.get("hooks") instanceof List<?> handlers)) {
            wrong(key + ".hooks", "has to be a list of handlers");
            return;
        }
        var matcher = matcher(key + ".matcher", map.get("matcher"));
        for (int i = 0; i < handlers.size(); i++) {
            handler(event, matcher, key + ".hooks[" + i + "]", handlers.get(i));
        }
    }

    private HookMatcher matcher(String key, @Nullable Object text) {
        try {
            if (text == null || text instanceof String) {
                return HookMatcher.of(text == null ? "" : (String) text);
            }
            wrong(key, "has to be a text; it counts for everything");
        } catch (IllegalArgumentException e) {
            wrong(key, "is no matcher, it counts for everything: " + e.getMessage());
        } catch (StackOverflowError e) {
            wrong(key, "is too deep for a matcher; it counts for everything");
        }
        return HookMatcher.of("");
    }

    private void handler(String event, HookMatcher matcher, String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            wrong(key, "has to be an object with a type");
            return;
        }
        if (entries.size() >= MOST) {
            wrong(key, "is one handler too many; at most " + MOST + " count");
            return;
        }
        try {
            var fields = new HandlerFields(map);
            var handler = HandlerReader.read(fields);
            var terms =
                    new Terms(
                            rule(key, fields.text("if")).orElse(null),
                            fields.seconds("timeout").orElse(null),
                            fields.flag("once"),
                            fields.word("onFailure", "continue", List.of("continue", "block"))
                                    .equals("block"),
                            fields.text("statusMessage").orElse(null));
            entries.add(new HookEntry(event, matcher, handler, terms, source));
        } catch (IllegalArgumentException e) {
            problems.add(source + ": " + key + e.getMessage());
        }
    }

    /// A rule that is none stays: it counts for all calls.
    private Optional<String> rule(String key, Optional<String> text) {
        text.ifPresent(it -> {
            try {
                Rule.parse(it);
            } catch (IllegalArgumentException e) {
                wrong(key + ".if", "counts for every call: " + e.getMessage());
            }
        });
        return text;
    }

    private void wrong(String key, String what) {
        problems.add(source + ": " + key + " " + what);
    }
}
