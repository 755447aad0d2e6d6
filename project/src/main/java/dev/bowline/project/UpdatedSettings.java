package dev.bowline.project;

import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a settings file after a permission update; all others stay as they are.
final class UpdatedSettings {
    private static final String DIRECTORIES = "additionalDirectories";

    private final Map<String, @Nullable Object> permissions;

    private UpdatedSettings(Map<String, @Nullable Object> permissions) {
        this.permissions = permissions;
    }

    static Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> values, PermissionUpdate update) {
        var permissions = Trees.object(values.get("permissions"));
        new UpdatedSettings(permissions).apply(update);
        var all = new LinkedHashMap<String, @Nullable Object>(values);
        if (!permissions.isEmpty() || values.containsKey("permissions")) {
            all.put("permissions", permissions);
        }
        return all;
    }

    private void apply(PermissionUpdate update) {
        switch (update) {
            case PermissionUpdate.AddRules(var rules, var behavior, var to) ->
                    add(behavior.wire(), texts(rules));
            case PermissionUpdate.ReplaceRules(var rules, var behavior, var to) ->
                    replace(behavior, texts(rules));
            case PermissionUpdate.RemoveRules(var rules, var behavior, var to) ->
                    remove(behavior, rules);
            case PermissionUpdate.SetMode(var mode, var to) ->
                    permissions.put("defaultMode", mode.wire());
            case PermissionUpdate.AddDirectories(var paths, var to) ->
                    add(DIRECTORIES, paths.stream().map(Path::toString).toList());
            case PermissionUpdate.RemoveDirectories(var paths, var to) -> remove(paths);
        }
    }

    private static List<String> texts(List<Rule> rules) {
        return rules.stream().map(Rule::toString).toList();
    }

    private void add(String key, List<String> more) {
        var list = new ArrayList<@Nullable Object>(Trees.list(permissions.get(key)));
        for (var one : more) {
            if (!list.contains(one)) {
                list.add(one);
            }
        }
        if (!list.isEmpty()) {
            permissions.put(key, list);
        }
    }

    private void replace(Behavior behavior, List<String> rules) {
        if (!rules.isEmpty() || permissions.containsKey(behavior.wire())) {
            permissions.put(behavior.wire(), rules);
        }
    }

    /// However they are written.
    private void remove(Behavior behavior, List<Rule> rules) {
        var list = new ArrayList<@Nullable Object>(Trees.list(permissions.get(behavior.wire())));
        if (list.removeIf(one -> one instanceof String text && isOneOf(rules, text))) {
            permissions.put(behavior.wire(), list);
        }
    }

    private static boolean isOneOf(List<Rule> rules, String text) {
        try {
            return rules.contains(Rule.parse(text));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void remove(List<Path> paths) {
        var gone = paths.stream().map(Path::toString).toList();
        var list = new ArrayList<@Nullable Object>(Trees.list(permissions.get(DIRECTORIES)));
        if (list.removeIf(gone::contains)) {
            permissions.put(DIRECTORIES, list);
        }
    }
}
