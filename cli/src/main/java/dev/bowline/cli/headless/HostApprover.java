package dev.bowline.cli.headless;

import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.hook.HookInput;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.ReasonType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Asks the host's `can_use_tool`. There is no deadline; a host that has gone is a refusal.
final class HostApprover implements Approver {
    /// Tools that say nothing without a person's answer.
    private static final Set<String> FOR_PEOPLE = Set.of("AskUserQuestion", "ExitPlanMode");

    private final Host host;
    private final Consumer<Boolean> waiting;
    private final HostUpdates updates;
    private final Path directory;

    /// @param waiting hears true when somebody is being asked, and false when that is over
    /// @param directory where the session works
    HostApprover(Host host, Consumer<Boolean> waiting, HostUpdates updates, Path directory) {
        this.host = host;
        this.directory = directory;
        this.waiting = waiting;
        this.updates = updates;
    }

    @Override
    public Decision ask(PermissionRequest request) throws InterruptedException {
        waiting.accept(true);
        try {
            return decision(request, host.ask(frame -> write(frame, request), Host.FOREVER));
        } catch (HostClosedException | HostErrorException e) {
            return new Decision.Deny(
                    "the host did not answer",
                    "Permission to use " + request.tool() + " was not granted: " + e.getMessage());
        } finally {
            waiting.accept(false);
        }
    }

    private void write(JsonOut frame, PermissionRequest request) {
        frame.field("subtype", "can_use_tool")
                .field("tool_name", request.tool())
                .field("display_name", request.tool())
                .name("input")
                .rawLine(request.input())
                .field("tool_use_id", request.toolUseId());
        if (request.reasonType() != ReasonType.NONE) {
            frame.field("decision_reason", request.reason())
                    .field("decision_reason_type", request.reasonType().wire());
        }
        HookInput.updates(frame, "permission_suggestions", request.suggestions());
        if (request.blockedPath() != null) {
            frame.field("blocked_path", request.blockedPath().toString());
        }
        var rule = request.matchedRule();
        if (rule != null) {
            frame.name("matched_ask_rule")
                    .beginObject()
                    .field("source", rule.source().wire())
                    .field("tool_name", rule.rule().tool());
            if (rule.rule().specifier() != null) {
                frame.field("rule_content", rule.rule().specifier());
            }
            frame.endObject();
        }
        var description = description(request);
        if (!description.isEmpty()) {
            frame.field("description", description);
        }
        if (FOR_PEOPLE.contains(request.tool())) {
            frame.field("requires_user_interaction", true);
        }
    }

    /// What the call is about, in a line: its own description, its command, or its file.
    private String description(PermissionRequest request) {
        var input = request.input().asMap();
        for (var name : List.of("description", "command", "file_path", "notebook_path", "path")) {
            if (input.get(name) instanceof String text && !text.isBlank()) {
                return name.endsWith("path") ? file(text) : text;
            }
        }
        return "";
    }

    private String file(String path) {
        var prefix = directory + "/";
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }

    private Decision decision(PermissionRequest request, Json answer) {
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
