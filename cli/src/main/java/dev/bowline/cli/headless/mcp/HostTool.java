package dev.bowline.cli.headless.mcp;

import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tool of a server in the host's process, named `mcp__SERVER__TOOL`.
public final class HostTool implements Tool {
    private static final int LONGEST_NAME = 128;

    private final HostServer server;
    private final String name;
    private final ToolDefinition definition;
    private final Map<String, @Nullable Object> annotations;

    private HostTool(
            HostServer server,
            String name,
            ToolDefinition definition,
            Map<String, @Nullable Object> annotations) {
        this.server = server;
        this.name = name;
        this.definition = definition;
        this.annotations = annotations;
    }

    /// A tool as `tools/list` describes it; empty if it has no name.
    static Optional<HostTool> of(HostServer server, Json description) {
        var said = description.asMap();
        if (!(said.get("name") instanceof String name) || name.isBlank()) {
            return Optional.empty();
        }
        var full = wire("mcp__" + server.name() + "__" + name);
        var schema =
                said.get("inputSchema") instanceof Map<?, ?> map
                        ? Json.of(map)
                        : Json.parse("{\"type\":\"object\"}");
        return Optional.of(
                new HostTool(
                        server,
                        name,
                        new ToolDefinition(
                                full,
                                said.get("description") instanceof String text ? text : "",
                                schema),
                        said.get("annotations") instanceof Map<?, ?> map
                                ? Json.of(map).asMap()
                                : Map.of()));
    }

    /// The service takes letters, digits, `_` and `-`, and 128 of them.
    private static String wire(String name) {
        var clean = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
    }

    /// As the server calls it.
    public String shortName() {
        return name;
    }

    /// What people call it, if the server says so.
    public Optional<String> title() {
        return annotations.get("title") instanceof String title && !title.isBlank()
                ? Optional.of(title)
                : Optional.empty();
    }

    /// Calls it beside the conversation and gives the texts of its answer, joined.
    ///
    /// @throws HostErrorException also when the answer is an error of the tool's
    public String text(Json input, String toolUseId)
            throws HostClosedException, HostErrorException, InterruptedException {
        var result = ToolContent.result(server.call(name, input, toolUseId));
        var text = ContentBlock.text(result.content());
        if (result instanceof ToolResult.Failure) {
            throw Host.problem(definition.name() + " failed: " + text);
        }
        return text;
    }

    /// What the server says about its effects.
    public Map<String, @Nullable Object> annotations() {
        return annotations;
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return Boolean.TRUE.equals(annotations.get("readOnlyHint")) ? Effect.READ : Effect.WRITE;
    }

    /// The host is somebody else, whatever the server says of the tool.
    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return List.of(new Access.Contacts("mcp:" + server.name()));
    }

    @Override
    public Duration timeout() {
        return Duration.ZERO;
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws InterruptedException {
        try {
            return ToolContent.result(server.call(name, input, context.toolUseId()));
        } catch (HostErrorException e) {
            return ToolResult.failure(
                    e.timeout() ? ErrorCode.TOOL_TIMEOUT : ErrorCode.TOOL_FAILED,
                    String.valueOf(e.getMessage()));
        } catch (HostClosedException e) {
            return ToolResult.failure(definition.name() + " cannot be called: " + e.getMessage());
        }
    }
}
