package dev.bowline.cli.headless;

import dev.bowline.cli.headless.mcp.HostServer;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.headless.mcp.HostTool;
import dev.bowline.cli.headless.mcp.ServerStatus;
import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests about MCP servers.
final class ServerRequests {
    /// Why a server that isn't the host's own cannot be used.
    static final String UNREACHABLE =
            "MCP servers outside of the host program are not supported by this version; offer the tools from the host's process";

    private final Chat chat;
    private final HostServers servers;

    ServerRequests(Chat chat, HostServers servers) {
        this.chat = chat;
        this.servers = servers;
    }

    /// Every server with its state and tools.
    Json status() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (var server : servers.all()) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("name", server.name());
            one.put("status", server.status().wire());
            boolean off = server.status() == ServerStatus.DISABLED;
            if (!server.info().isEmpty() && !off) {
                one.put("serverInfo", server.info());
            }
            if (!server.error().isEmpty()) {
                one.put("error", server.error());
            }
            one.put("transport", "sdk");
            one.put("scope", "dynamic");
            one.put("source", "sdk");
            if (!off) {
                one.put("tools", server.tools().stream().map(ServerRequests::tool).toList());
            }
            all.add(one);
        }
        servers.unreachable()
                .forEach((name, why) ->
                        all.add(
                                Map.of(
                                        "name", name, "status", "failed", "error", why, "scope",
                                        "dynamic", "source", "dynamic")));
        return Json.of(Map.of("mcpServers", all));
    }

    private static Map<String, @Nullable Object> tool(HostTool tool) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("name", tool.shortName());
        one.put("description", tool.definition().description());
        var hints = new LinkedHashMap<String, @Nullable Object>();
        hint(hints, tool, "readOnlyHint", "readOnly");
        hint(hints, tool, "destructiveHint", "destructive");
        hint(hints, tool, "openWorldHint", "openWorld");
        one.put("annotations", hints);
        return one;
    }

    private static void hint(
            Map<String, @Nullable Object> hints, HostTool tool, String from, String to) {
        if (tool.annotations().get(from) instanceof Boolean value) {
            hints.put(to, value);
        }
    }

    /// Replaces the servers by those named.
    Json set(Map<String, @Nullable Object> request) throws InterruptedException {
        var wanted =
                request.get("servers") instanceof Map<?, ?> map ? Json.of(map).asMap() : Map.of();
        var before = List.copyOf(servers.statuses().keySet());
        var removed = before.stream().filter(name -> !wanted.containsKey(name)).toList();
        removed.forEach(servers::remove);
        var added = new ArrayList<String>();
        var errors = new LinkedHashMap<String, @Nullable Object>();
        wanted.forEach((key, config) -> {
            var name = String.valueOf(key);
            boolean known = before.contains(name);
            if (isOfHost(config)) {
                servers.add(name);
                if (!known) {
                    added.add(name);
                }
            } else {
                servers.unreachable(name, UNREACHABLE);
                errors.put(name, UNREACHABLE);
                if (!known) {
                    added.add(name);
                }
            }
        });
        servers.settle();
        for (var server : servers.all()) {
            if (added.contains(server.name()) && !server.error().isEmpty()) {
                errors.put(server.name(), server.error());
            }
        }
        chat.refreshTools();
        return Json.of(Map.of("added", added, "removed", removed, "errors", errors));
    }

    /// Whether a server's configuration says that it lives in the host.
    static boolean isOfHost(@Nullable Object config) {
        return config instanceof Map<?, ?> members && "sdk".equals(members.get("type"));
    }

    @Nullable Json reconnect(Map<String, @Nullable Object> request)
            throws RequestException, InterruptedException {
        var server = named(request);
        server.connect();
        chat.refreshTools();
        if (!server.error().isEmpty()) {
            throw new RequestException(server.error());
        }
        return null;
    }

    @Nullable Json toggle(Map<String, @Nullable Object> request) throws RequestException {
        named(request).enabled(!Boolean.FALSE.equals(request.get("enabled")));
        chat.refreshTools();
        return null;
    }

    private HostServer named(Map<String, @Nullable Object> request) throws RequestException {
        var name = String.valueOf(request.get("serverName"));
        return servers.find(name)
                .orElseThrow(() -> new RequestException("Server not found: " + name));
    }
}
