package dev.bowline.permission;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import java.util.List;

/// One call that wants to run. `input` is what will run, after every hook.
public record PermissionRequest(
        String sessionId,
        String toolUseId,
        String tool,
        Json input,
        List<Access> accesses,
        String reason) {
    public PermissionRequest {
        accesses = List.copyOf(accesses);
    }
}
