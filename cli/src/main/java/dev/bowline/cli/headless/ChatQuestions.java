package dev.bowline.cli.headless;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.permission.Approver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is asked for permission: the host, a tool of one of its servers, or nobody. Safe for any
/// thread.
final class ChatQuestions {
    private final Chat chat;
    private final Console console;
    private final Host host;
    private final HostServers servers;
    private final Presence presence;
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

    ChatQuestions(Chat chat, Console console, Host host, HostServers servers, Presence presence) {
        this.chat = chat;
        this.console = console;
        this.host = host;
        this.servers = servers;
        this.presence = presence;
    }

    /// Whether the host itself is asked.
    boolean toHost(Arguments args) {
        var tool = args.value("--permission-prompt-tool").orElse("");
        return tool.equals("stdio") || "host".equals(args.value("--permission-prompts", ""));
    }

    Approver approver(Arguments args) {
        var named = args.value("--permission-prompt-tool", "");
        if (!named.isEmpty() && !named.equals("stdio")) {
            return new ToolApprover(servers, named, chat.updates());
        }
        return toHost(args)
                ? new HostApprover(
                        host,
                        begins -> presence.asks(chat.open().frames(), begins),
                        withdrawn::add,
                        chat.updates(),
                        console.directory(),
                        servers::title)
                : Approver.NOBODY;
    }

    /// Whether an interrupt took back the question about this call; true once.
    boolean withdrawn(String toolUseId) {
        return withdrawn.remove(toolUseId);
    }
}
