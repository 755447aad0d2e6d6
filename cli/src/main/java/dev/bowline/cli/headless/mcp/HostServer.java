package dev.bowline.cli.headless.mcp;

import dev.bowline.Bowline;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An MCP server in the host's process. Its messages travel as control requests of type
/// `mcp_message`; what the server says unasked is acknowledged elsewhere and has no effect. Safe
/// for any thread.
public final class HostServer {
    /// The version of the Model Context Protocol that we offer.
    static final String PROTOCOL = "2025-11-25";

    /// Pages of tools that are read at most.
    private static final int PAGES = 100;

    private final String name;
    private final Host host;
    private final Duration startUp;
    private final Duration ofCalls;
    private final AtomicLong ids = new AtomicLong();
    private volatile ServerStatus status = ServerStatus.PENDING;
    private volatile Map<String, @Nullable Object> info = Map.of();
    private volatile List<HostTool> tools = List.of();
    private volatile String error = "";

    /// @param startUp how long the handshake may take, per message
    /// @param ofCalls how long one tool call may take
    public HostServer(String name, Host host, Duration startUp, Duration ofCalls) {
        this.name = name;
        this.host = host;
        this.startUp = startUp;
        this.ofCalls = ofCalls;
    }

    public String name() {
        return name;
    }

    public ServerStatus status() {
        return status;
    }

    /// What went wrong; empty if nothing did.
    public String error() {
        return error;
    }

    /// The tools that it has listed, also while it is disabled.
    public List<HostTool> tools() {
        return tools;
    }

    /// Name and version, as the server says.
    public Map<String, @Nullable Object> info() {
        return info;
    }

    /// Switches its tools off, or on again if it is connected.
    public void enabled(boolean on) {
        if (status != ServerStatus.FAILED) {
            status =
                    !on
                            ? ServerStatus.DISABLED
                            : info.isEmpty() ? ServerStatus.PENDING : ServerStatus.CONNECTED;
        }
    }

    /// Shakes hands and lists the tools. A failure becomes the status.
    public void connect() throws InterruptedException {
        status = ServerStatus.PENDING;
        error = "";
        try {
            var greeted = request("initialize", HostServer::greeting, startUp).asMap();
            notice("notifications/initialized");
            info = info(greeted);
            tools = list();
            status = ServerStatus.CONNECTED;
        } catch (HostClosedException | HostErrorException | IllegalArgumentException e) {
            error = String.valueOf(e.getMessage());
            status = ServerStatus.FAILED;
        }
    }

    /// Takes over what the host has heard from the server; `parked` if it is complete, otherwise
    /// why it is not used.
    String greeted(Json manifest) {
        var members = manifest.asMap();
        if (!(members.get("initializeResult") instanceof Map<?, ?> greeted)) {
            return "malformed";
        }
        if (!PROTOCOL.equals(greeted.get("protocolVersion"))) {
            return "protocol_version_mismatch";
        }
        if (!(members.get("toolsListResult") instanceof Map<?, ?> listed)
                || !(listed.get("tools") instanceof List<?> some)
                || listed.get("nextCursor") != null) {
            return "not_honoured";
        }
        info = info(greeted);
        tools = some.stream().flatMap(one -> HostTool.of(this, Json.of(one)).stream()).toList();
        status = ServerStatus.CONNECTED;
        return "parked";
    }

    private Map<String, @Nullable Object> info(Map<?, ?> greeted) {
        return greeted.get("serverInfo") instanceof Map<?, ?> said
                ? Json.of(said).asMap()
                : Map.of("name", name);
    }

    private static void greeting(JsonOut params) {
        params.field("protocolVersion", PROTOCOL)
                .name("capabilities")
                .beginObject()
                .endObject()
                .name("clientInfo")
                .beginObject()
                .field("name", "bowline")
                .field("version", Bowline.VERSION)
                .endObject();
    }

    private List<HostTool> list()
            throws HostClosedException, HostErrorException, InterruptedException {
        var all = new ArrayList<HostTool>();
        String cursor = null;
        for (int page = 0; page < PAGES; page++) {
            var from = cursor;
            var listed =
                    request(
                                    "tools/list",
                                    params -> {
                                        if (from != null) {
                                            params.field("cursor", from);
                                        }
                                    },
                                    startUp)
                            .asMap();
            if (listed.get("tools") instanceof List<?> some) {
                for (var one : some) {
                    HostTool.of(this, Json.of(one)).ifPresent(all::add);
                }
            }
            if (!(listed.get("nextCursor") instanceof String next) || next.isEmpty()) {
                return all;
            }
            cursor = next;
        }
        return all;
    }

    /// The contents of a resource, as the server gave them.
    public Json read(String uri)
            throws HostClosedException, HostErrorException, InterruptedException {
        return request("resources/read", params -> params.field("uri", uri), startUp);
    }

    /// Calls a tool; the result as the server gave it.
    Json call(String tool, Json arguments, String toolUseId)
            throws HostClosedException, HostErrorException, InterruptedException {
        return request(
                "tools/call",
                params ->
                        params.field("name", tool)
                                .name("arguments")
                                .rawLine(arguments)
                                .name("_meta")
                                .beginObject()
                                .field("claudecode/toolUseId", toolUseId)
                                .endObject(),
                ofCalls);
    }

    /// Calls a tool for somebody who reads words only; what the tool says.
    ///
    /// @throws HostErrorException also when the tool reports an error
    public String textOf(String tool, Json arguments)
            throws HostClosedException, HostErrorException, InterruptedException {
        var result = ToolContent.result(call(tool, arguments, UUID.randomUUID().toString()));
        if (result.isError()) {
            throw problem("tools/call", result.text());
        }
        return result.text();
    }

    /// Sends one JSON-RPC request and gives its result.
    ///
    /// @throws HostErrorException also when the server answers with an error
    public Json request(String method, Consumer<JsonOut> params, Duration atMost)
            throws HostClosedException, HostErrorException, InterruptedException {
        long id = ids.getAndIncrement();
        var answer =
                host.ask(
                        frame ->
                                message(
                                        frame,
                                        rpc -> {
                                            rpc.field("id", id)
                                                    .field("method", method)
                                                    .name("params")
                                                    .beginObject();
                                            params.accept(rpc);
                                            rpc.endObject();
                                        }),
                        atMost);
        if (!(answer.asMap().get("mcp_response") instanceof Map<?, ?> reply)) {
            throw problem(method, "the host's answer holds no mcp_response");
        }
        if (reply.get("error") instanceof Map<?, ?> wrong) {
            throw problem(method, String.valueOf(wrong.get("message")));
        }
        return Json.of(reply.get("result"));
    }

    private HostErrorException problem(String method, String why) {
        return Host.problem("MCP server " + name + " could not do " + method + ": " + why);
    }

    private void notice(String method)
            throws HostClosedException, HostErrorException, InterruptedException {
        host.ask(frame -> message(frame, rpc -> rpc.field("method", method)), startUp);
    }

    private void message(JsonOut frame, Consumer<JsonOut> members) {
        frame.field("subtype", "mcp_message")
                .field("server_name", name)
                .name("message")
                .beginObject()
                .field("jsonrpc", "2.0");
        members.accept(frame);
        frame.endObject();
    }
}
