package dev.bowline.cli.headless;

import dev.bowline.Session;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.Rule;
import dev.bowline.project.SettingRule;
import dev.bowline.project.Settings;
import dev.bowline.project.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a host has changed of its settings while the session runs. Rules that it gave before the
/// session was opened stay; of those that it gave this way the last ones count.
final class FlagSettings {
    /// What they are called in messages.
    static final String NAME = "apply_flag_settings";

    /// Before anything was changed.
    static final FlagSettings NONE = new FlagSettings(Map.of(), false);

    private final Map<String, @Nullable Object> members;
    private final boolean permissions;

    private FlagSettings(Map<String, @Nullable Object> members, boolean permissions) {
        this.members = members;
        this.permissions = permissions;
    }

    /// With one more change.
    FlagSettings changed(Json change) {
        var next = new LinkedHashMap<String, @Nullable Object>(members);
        change.asMap()
                .forEach((key, value) -> {
                    if (value == null) {
                        next.remove(key);
                    } else {
                        next.put(key, value);
                    }
                });
        return new FlagSettings(next, permissions || change.asMap().containsKey("permissions"));
    }

    /// All that was changed so far.
    Json json() {
        return Json.of(members);
    }

    /// Lets them hold in a session that is open.
    void apply(Settings settings, Session session, boolean mayBypass) {
        if (!permissions) {
            return;
        }
        for (var behavior : Behavior.values()) {
            session.apply(
                    new PermissionUpdate.ReplaceRules(
                            rules(settings, behavior), behavior, Destination.FLAG_SETTINGS));
        }
        session.apply(
                new PermissionUpdate.AddDirectories(
                        settings.additionalDirectories(), Destination.SESSION));
        if (Json.of(members.get("permissions")).asMap().get("defaultMode") instanceof String) {
            settings.defaultMode()
                    .filter(mode -> mode != PermissionMode.BYPASS || mayBypass)
                    .ifPresent(session::permissionMode);
        }
    }

    private static List<Rule> rules(Settings settings, Behavior behavior) {
        return settings.rules().stream()
                .filter(rule -> rule.source() == Source.FLAG && rule.behavior() == behavior)
                .map(SettingRule::rule)
                .toList();
    }
}
