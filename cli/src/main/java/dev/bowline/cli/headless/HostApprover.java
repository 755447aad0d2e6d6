package dev.bowline.cli.headless;

import dev.bowline.json.Json;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import java.util.Map;
import java.util.function.Consumer;

/// Asks the host's `can_use_tool`. There is no deadline; a host that has gone is a refusal.
final class HostApprover implements Approver {
    private final Host host;
    private final Consumer<Boolean> waiting;

    /// @param waiting hears true when somebody is being asked, and false when that is over
    HostApprover(Host host, Consumer<Boolean> waiting) {
        this.host = host;
        this.waiting = waiting;
    }

    @Override
    public Decision ask(PermissionRequest request) throws InterruptedException {
        waiting.accept(true);
        try {
            return decision(
                    request,
                    host.ask(
                            frame ->
                                    frame.field("subtype", "can_use_tool")
                                            .field("tool_name", request.tool())
                                            .field("display_name", request.tool())
                                            .name("input")
                                            .rawLine(request.input())
                                            .field("tool_use_id", request.toolUseId())
                                            .field("decision_reason", request.reason()),
                            Host.FOREVER));
        } catch (HostClosedException | HostErrorException e) {
            return new Decision.Deny(
                    "the host did not answer",
                    "Permission to use " + request.tool() + " was not granted: " + e.getMessage());
        } finally {
            waiting.accept(false);
        }
    }

    private static Decision decision(PermissionRequest request, Json answer) {
        var said = answer.asMap();
        var input = said.get("updatedInput");
        return switch (String.valueOf(said.get("behavior"))) {
            case "allow" ->
                    new Decision.Allow(
                            "the host allowed it",
                            input instanceof Map<?, ?> map && !map.isEmpty() ? Json.of(map) : null);
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
