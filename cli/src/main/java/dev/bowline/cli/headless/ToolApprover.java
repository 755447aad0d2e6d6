package dev.bowline.cli.headless;

import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import java.util.Map;

/// Asks a tool of the host's, named by `--permission-prompt-tool`, with `tool_name`, `input` and
/// `tool_use_id`. It answers with the JSON text of a [HostDecision]; anything else is a refusal.
final class ToolApprover implements Approver {
    private final HostServers servers;
    private final String tool;
    private final HostUpdates updates;

    ToolApprover(HostServers servers, String tool, HostUpdates updates) {
        this.servers = servers;
        this.tool = tool;
        this.updates = updates;
    }

    @Override
    public Decision ask(PermissionRequest request) throws InterruptedException {
        var asked = servers.tool(tool);
        if (asked.isEmpty()) {
            return refused(request, "no server offers the tool " + tool + " that decides");
        }
        var question =
                Map.of(
                        "tool_name",
                        request.tool(),
                        "input",
                        request.input(),
                        "tool_use_id",
                        request.toolUseId());
        try {
            var answer = asked.get().text(Json.of(question), request.toolUseId());
            return HostDecision.of(request, Json.parse(answer), updates);
        } catch (HostClosedException | HostErrorException e) {
            return refused(request, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return refused(request, "the answer of " + tool + " is not JSON");
        }
    }

    private static Decision refused(PermissionRequest request, String why) {
        return new Decision.Deny(
                "the permission tool did not decide",
                "Permission to use " + request.tool() + " was not granted: " + why + ".");
    }
}
