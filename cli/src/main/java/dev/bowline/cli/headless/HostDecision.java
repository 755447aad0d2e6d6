package dev.bowline.cli.headless;

import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.json.Json;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import java.util.Map;

/// What somebody of the host's has answered to the question whether a call may run: `behavior`
/// `allow` or `deny`, `updatedInput`, `updatedPermissions`, `message` and `interrupt`.
final class HostDecision {
    private HostDecision() {}

    /// The decision; what is neither allow nor deny is a refusal.
    static Decision of(PermissionRequest request, Json answer, HostUpdates updates) {
        var said = answer.asMap();
        var input = said.get("updatedInput");
        return switch (String.valueOf(said.get("behavior"))) {
            case "allow" ->
                    new Decision.Allow(
                            "the host allowed it",
                            input instanceof Map<?, ?> map && !map.isEmpty() ? Json.of(map) : null,
                            updates.read(said.get("updatedPermissions")));
            case "deny" ->
                    new Decision.Deny(
                            "the host denied it",
                            said.get("message") instanceof String text && !text.isBlank()
                                    ? text
                                    : "Permission to use " + request.tool() + " was denied.",
                            Boolean.TRUE.equals(said.get("interrupt")));
            default ->
                    new Decision.Deny(
                            "the host gave no clear answer",
                            "Permission to use "
                                    + request.tool()
                                    + " was not granted: the host's answer was neither allow nor deny.");
        };
    }
}
