package dev.bowline.cli.wiring;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the permission updates that a host or a hook sends with a yes. One that can't be read, or
/// that would switch permissions off in a session that wasn't started for it, is left out and
/// reported; the others hold.
public record HostUpdates(boolean mayBypass, Consumer<String> warn) {
    public List<PermissionUpdate> read(@Nullable Object updates) {
        var all = new ArrayList<PermissionUpdate>();
        if (updates instanceof List<?> list) {
            for (var one : list) {
                try {
                    add(all, PermissionUpdate.of(Json.of(one)));
                } catch (IllegalArgumentException e) {
                    warn.accept("a permission update was left out: " + e.getMessage());
                }
            }
        }
        return all;
    }

    private void add(List<PermissionUpdate> all, PermissionUpdate update) {
        if (update instanceof PermissionUpdate.SetMode set
                && set.mode() == PermissionMode.BYPASS
                && !mayBypass) {
            warn.accept(
                    "a permission update was left out: the mode bypassPermissions needs --allow-dangerously-skip-permissions at the start");
        } else {
            all.add(update);
        }
    }
}
