package dev.bowline.cli.headless.mcp;

import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.json.Json;
import dev.bowline.tool.ToolRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The MCP servers of a run by name: those in the host's process, and those of kinds that cannot be
/// reached yet, which count as failed. Safe for any thread.
public final class HostServers {
    private final Host host;
    private final Duration startUp;
    private final Duration ofCalls;
    private final Map<String, HostServer> servers = new TreeMap<>();
    private final Map<String, String> unreachable = new TreeMap<>();
    private final List<Thread> connecting = new ArrayList<>();

    /// @param startUp how long a handshake may take, per message
    /// @param ofCalls how long one tool call may take
    public HostServers(Host host, Duration startUp, Duration ofCalls) {
        this.host = host;
        this.startUp = startUp;
        this.ofCalls = ofCalls;
    }

    /// Adds a server of the host's and begins to connect it, on a thread of its own. One that is
    /// there already stays as it is.
    public synchronized void add(String name) {
        if (!servers.containsKey(name)) {
            var server = new HostServer(name, host, startUp, ofCalls);
            servers.put(name, server);
            unreachable.remove(name);
            connecting.add(Thread.ofVirtual().name("mcp-" + name).start(() -> connect(server)));
        }
    }

    /// Adds a server of the host's that has greeted the host already, so that nothing needs to be
    /// said again.
    ///
    /// @param manifest `initializeResult` and `toolsListResult`, as the server gave them
    /// @return what has become of it: `parked` when it is used; otherwise the server is greeted
    public synchronized String add(String name, Json manifest) {
        if (servers.containsKey(name)) {
            return "already_connected";
        }
        var server = new HostServer(name, host, startUp, ofCalls);
        var state = server.greeted(manifest);
        if (state.equals("parked")) {
            servers.put(name, server);
            unreachable.remove(name);
        }
        return state;
    }

    /// A tool by the name that the model knows it by, if its server is connected.
    public synchronized Optional<HostTool> tool(String name) {
        return servers.values().stream()
                .filter(server -> server.status() == ServerStatus.CONNECTED)
                .flatMap(server -> server.tools().stream())
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }

    /// What its server calls a tool, if it says so.
    public Optional<String> title(String name) {
        return tool(name).flatMap(HostTool::title);
    }

    /// Notes a server that cannot be reached.
    public synchronized void unreachable(String name, String why) {
        if (!servers.containsKey(name)) {
            unreachable.put(name, why);
        }
    }

    /// Forgets a server; whether it was there.
    public synchronized boolean remove(String name) {
        boolean named = unreachable.remove(name) != null;
        return servers.remove(name) != null || named;
    }

    private static void connect(HostServer server) {
        try {
            server.connect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until every server has connected or failed.
    public void settle() throws InterruptedException {
        for (var thread : threads()) {
            thread.join();
        }
    }

    private synchronized List<Thread> threads() {
        connecting.removeIf(thread -> !thread.isAlive());
        return List.copyOf(connecting);
    }

    public synchronized Collection<HostServer> all() {
        return List.copyOf(servers.values());
    }

    public synchronized Optional<HostServer> find(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /// Name and reason of those that cannot be reached.
    public synchronized Map<String, String> unreachable() {
        return Map.copyOf(unreachable);
    }

    /// All of them, by name, as the first frame of a turn tells of them.
    public synchronized List<Frames.Server> listed() {
        return statuses().entrySet().stream()
                .map(one ->
                        new Frames.Server(
                                one.getKey(),
                                one.getValue(),
                                servers.containsKey(one.getKey()) ? "sdk" : "dynamic"))
                .toList();
    }

    /// Name and status of all, by name.
    public synchronized Map<String, String> statuses() {
        var all = new TreeMap<String, String>();
        servers.forEach((name, server) -> all.put(name, server.status().wire()));
        unreachable.keySet().forEach(name -> all.put(name, ServerStatus.FAILED.wire()));
        return new LinkedHashMap<>(all);
    }

    /// Makes the tools of connected servers, and no others of this kind, available.
    public synchronized void offer(ToolRegistry registry) {
        var wanted = new LinkedHashMap<String, HostTool>();
        for (var server : servers.values()) {
            if (server.status() == ServerStatus.CONNECTED) {
                server.tools().forEach(tool -> wanted.putIfAbsent(tool.name(), tool));
            }
        }
        for (var tool : registry.all()) {
            if (tool instanceof HostTool && !tool.equals(wanted.get(tool.name()))) {
                registry.unregister(tool.name());
            }
        }
        wanted.values().stream()
                .filter(tool -> registry.find(tool.name()).isEmpty())
                .forEach(registry::register);
    }
}
