package dev.bowline.cli.prompt;

import static dev.bowline.cli.args.Flag.Kind.REPEATED;
import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.named;
import static dev.bowline.cli.args.Flag.on;

import dev.bowline.cli.args.Flag;
import java.util.List;

/// Flags that host programs pass.
final class HostFlags {
    private HostFlags() {}

    static final List<Flag> ALL =
            List.of(
                    named(
                            "--permission-prompt-tool",
                            VALUE,
                            "NAME",
                            "who is asked for permission: stdio for the host program"),
                    named("--permission-prompts", VALUE, "WHO", "host or none"),
                    named(
                            "--mcp-config",
                            REPEATED,
                            "JSON",
                            "MCP servers, as JSON or the path of a file with it"),
                    on("--strict-mcp-config", "only the servers of --mcp-config"),
                    on(
                            "--allow-dangerously-skip-permissions",
                            "let the host choose bypassPermissions later"),
                    on("--session-mirror", "frames with every line of the transcript"),
                    on("--replay-user-messages", "say the user's messages again, with their uuid"),
                    on("--include-hook-events", "frames for hooks that run"),
                    on("--await-initialize", "begin with the host's initialize request"),
                    named("--initialize-fields", VALUE, "NAMES", "what initialize will bring"),
                    on(
                            "--managed-settings-in-initialize",
                            "initialize will bring managed settings"),
                    named(
                            "--managed-settings",
                            VALUE,
                            "JSON",
                            "settings that no file or flag of the user's undoes"),
                    named(
                            "--setting-sources",
                            VALUE,
                            "NAMES",
                            "which settings files are read: some of user, project, local; empty for none"));
}
