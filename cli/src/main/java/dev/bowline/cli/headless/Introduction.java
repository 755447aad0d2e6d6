package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.cli.wiring.Answerer;
import dev.bowline.cli.wiring.ModelNames;
import dev.bowline.cli.wiring.OutputSchema;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.error.BowlineException;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The handshake: takes what a host says of itself and tells it what there is here.
final class Introduction {
    private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");

    private final Answerer answerer;
    private final Host host;
    private final ModelNames names;
    private final Chat chat;
    private final HostServers servers;
    private final Presence presence;

    Introduction(
            Answerer answerer,
            ModelNames names,
            Host host,
            Chat chat,
            HostServers servers,
            Presence presence) {
        this.answerer = answerer;
        this.names = names;
        this.host = host;
        this.chat = chat;
        this.servers = servers;
        this.presence = presence;
    }

    /// Whether the host may choose to be asked about nothing.
    boolean mayBypass() {
        return mayBypass(chat.args());
    }

    static boolean mayBypass(Arguments args) {
        return !Permissions.bypassForbidden(args)
                && (args.has("--allow-dangerously-skip-permissions")
                        || Permissions.mode(args) == PermissionMode.BYPASS);
    }

    void take(HostLine.Request request) {
        var greeting = Greeting.of(request.body());
        try {
            greeting.schema().ifPresent(OutputSchema::check);
            chat.greeted(greeting);
        } catch (IllegalArgumentException | BowlineException e) {
            host.fail(request.id(), String.valueOf(e.getMessage()));
            return;
        }
        var parked = new LinkedHashMap<String, @Nullable Object>();
        var offered = greeting.texts("sdkMcpServers");
        greeting.object("sdkMcpServerManifests")
                .forEach((name, manifest) -> {
                    if (offered.contains(name)) {
                        parked.put(name, servers.add(name, Json.of(manifest)));
                    }
                });
        host.greet(request.id(), answer(greeting, parked));
        greeting.texts("sdkMcpServers").forEach(servers::add);
        greeting.object("mcpServers")
                .forEach((name, config) -> ServerConfig.add(name, config, servers));
    }

    private Json answer(Greeting greeting, Map<String, @Nullable Object> parked) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("commands", commands());
        answer.put("agents", List.of());
        answer.put("output_style", "default");
        answer.put("available_output_styles", List.of("default"));
        answer.put("models", models());
        answer.put("account", account());
        answer.put("pid", ProcessHandle.current().pid());
        answer.put("claude_code_version", Frames.PROTOCOL_VERSION);
        answer.put("current_permission_mode", chat.mode().wire());
        answer.put("hooks_applied", true);
        answer.put("hook_on_failure_supported", true);
        answer.put("hooks_when_unanswered_kept", 0);
        answer.put("other_hook_ask_outranks_host", true);
        acknowledge(answer, greeting, "settings", "settings_applied");
        acknowledge(answer, greeting, "managedSettings", "managed_settings_applied");
        acknowledge(answer, greeting, "disallowedTools", "disallowed_tools_applied");
        acknowledge(answer, greeting, "mcpServers", "mcp_servers_applied");
        acknowledge(answer, greeting, "plugins", "plugins_applied");
        if (!parked.isEmpty()) {
            answer.put("sdk_mcp_manifests_parked", parked);
        }
        answer.put("session_state", presence.state());
        answer.put("capabilities", Capabilities.ALL);
        return Json.of(answer);
    }

    private static void acknowledge(
            Map<String, @Nullable Object> answer, Greeting greeting, String field, String name) {
        if (greeting.has(field)) {
            answer.put(name, true);
        }
    }

    private List<Map<String, @Nullable Object>> commands() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (var command : LocalCommand.ALL) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("name", command.name());
            one.put("description", command.description());
            one.put("argumentHint", command.argumentHint());
            if (!command.aliases().isEmpty()) {
                one.put("aliases", command.aliases());
            }
            one.put("builtin", true);
            all.add(one);
        }
        return all;
    }

    /// The models that a host may choose from.
    List<Map<String, @Nullable Object>> models() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        all.add(
                model(
                        "default",
                        answerer.name(),
                        "Default",
                        "The model of this run, " + answerer.name()));
        for (var family : List.of("Sonnet", "Opus", "Haiku")) {
            var name = names.full(family, answerer.name());
            all.add(model(family.toLowerCase(Locale.ROOT), name, family, name));
        }
        return all;
    }

    private static Map<String, @Nullable Object> model(
            String value, String name, String displayName, String description) {
        var model = new LinkedHashMap<String, @Nullable Object>();
        model.put("value", value);
        model.put("resolvedModel", name);
        model.put("displayName", displayName);
        model.put("description", description);
        boolean adaptive = ModelNames.thinksByItself(name);
        model.put("supportsEffort", adaptive);
        model.put("supportedEffortLevels", adaptive ? EFFORTS : List.of());
        model.put("supportsAdaptiveThinking", adaptive);
        model.put("supportsFastMode", false);
        model.put("supportsAutoMode", false);
        return model;
    }

    private Map<String, @Nullable Object> account() {
        var account = new LinkedHashMap<String, @Nullable Object>();
        account.put(
                "tokenSource",
                answerer.keySource().endsWith("TOKEN") ? answerer.keySource() : "none");
        if (answerer.keySource().endsWith("_KEY")) {
            account.put("apiKeySource", answerer.keySource());
        }
        account.put("apiProvider", "firstParty");
        return account;
    }
}
