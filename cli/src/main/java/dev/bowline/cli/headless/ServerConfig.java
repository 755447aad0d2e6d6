package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `--mcp-config`: JSON, or the path of a file with it, with the servers under `mcpServers`.
final class ServerConfig {
    private ServerConfig() {}

    /// Adds the servers that the flags name.
    ///
    /// @throws UsageException for what is no such JSON
    static void add(Arguments args, Console console, HostServers servers) {
        for (var text : args.all("--mcp-config")) {
            var all = read(text, console).asMap().get("mcpServers");
            if (!(all instanceof Map<?, ?> named)) {
                throw new UsageException(
                        "--mcp-config needs an object with the member mcpServers, not \""
                                + shown(text)
                                + "\"");
            }
            named.forEach((name, config) -> add(String.valueOf(name), config, servers));
        }
    }

    /// Adds one server: one of the host's is connected, another kind counts as failed.
    static void add(String name, @Nullable Object config, HostServers servers) {
        if (ServerRequests.isOfHost(config)) {
            servers.add(name);
        } else {
            servers.unreachable(name, ServerRequests.UNREACHABLE);
        }
    }

    private static Json read(String text, Console console) {
        try {
            var json =
                    text.stripLeading().startsWith("{")
                            ? text
                            : Files.readString(console.directory().resolve(text));
            return Json.parse(json);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "--mcp-config \""
                            + shown(text)
                            + "\" is neither JSON nor a file that can be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--mcp-config \"" + shown(text) + "\" is not valid JSON: " + e.getMessage());
        }
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
