package dev.bowline.cli.headless;

import dev.bowline.cli.frame.McpName;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.hook.HookInput;
import dev.bowline.json.JsonOut;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.ReasonType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Asks the host's `can_use_tool`. There is no deadline; a host that has gone is a refusal.
final class HostApprover implements Approver {
    /// Tools that say nothing without a person's answer.
    private static final Set<String> FOR_PEOPLE = Set.of("AskUserQuestion", "ExitPlanMode");

    private final Host host;
    private final Consumer<Boolean> waiting;
    private final Consumer<String> withdrawn;
    private final HostUpdates updates;
    private final Path directory;
    private final Function<String, Optional<String>> titles;

    /// @param waiting hears true when somebody is being asked, and false when that is over
    /// @param withdrawn hears of a call that was interrupted before somebody had answered
    /// @param directory where the session works
    /// @param titles what a server calls the tool of that name
    HostApprover(
            Host host,
            Consumer<Boolean> waiting,
            Consumer<String> withdrawn,
            HostUpdates updates,
            Path directory,
            Function<String, Optional<String>> titles) {
        this.titles = titles;
        this.host = host;
        this.withdrawn = withdrawn;
        this.directory = directory;
        this.waiting = waiting;
        this.updates = updates;
    }

    @Override
    public Decision ask(PermissionRequest request) throws InterruptedException {
        waiting.accept(true);
        try {
            return HostDecision.of(
                    request, host.ask(frame -> write(frame, request), Host.FOREVER), updates);
        } catch (HostErrorException e) {
            return new Decision.Deny(
                    "the host could not answer",
                    "Tool permission request failed: Error: " + e.getMessage());
        } catch (HostClosedException e) {
            return new Decision.Deny(
                    "the host did not answer",
                    "Permission to use " + request.tool() + " was not granted: " + e.getMessage());
        } catch (InterruptedException e) {
            withdrawn.accept(request.toolUseId());
            throw e;
        } finally {
            waiting.accept(false);
        }
    }

    private void write(JsonOut frame, PermissionRequest request) {
        frame.field("subtype", "can_use_tool").field("tool_name", request.tool());
        var ofServer = McpName.of(request.tool());
        ofServer.ifPresent(name -> server(frame, name));
        frame.field(
                        "display_name",
                        titles.apply(request.tool())
                                .or(() -> ofServer.map(McpName::displayName))
                                .orElse(request.tool()))
                .name("input")
                .rawLine(request.input())
                .field("tool_use_id", request.toolUseId());
        if (request.reasonType() != ReasonType.NONE && !FOR_PEOPLE.contains(request.tool())) {
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

    private static void server(JsonOut frame, McpName name) {
        frame.name("mcp_server")
                .beginObject()
                .field("name", name.server())
                .field("source", "sdk")
                .endObject();
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
}
