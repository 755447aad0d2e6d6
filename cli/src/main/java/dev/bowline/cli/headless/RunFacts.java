package dev.bowline.cli.headless;

import dev.bowline.Session;
import dev.bowline.cli.command.LocalCommand;
import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.wiring.Permissions;
import dev.bowline.tool.Tool;
import java.util.ArrayList;
import java.util.List;

/// What the first frame of each turn says about the run.
final class RunFacts {
    private RunFacts() {}

    /// @param keySource where the credentials come from
    static Frames.Surroundings of(
            Chat chat, Session session, Console console, HostServers servers, String keySource) {
        return new Frames.Surroundings(
                session.id().value(),
                console.directory(),
                Permissions.directories(chat.args(), console),
                () -> toolNames(chat, session),
                servers::listed,
                keySource,
                chat.args().has("--include-partial-messages"),
                Capabilities.ALL,
                LocalCommand.ALL.stream().map(LocalCommand.About::name).toList(),
                servers::title);
    }

    private static List<String> toolNames(Chat chat, Session session) {
        var hidden = new ArrayList<>(Permissions.hidden(chat.args()));
        hidden.addAll(chat.greeting().texts("disallowedTools"));
        return session.tools().all().stream()
                .map(Tool::name)
                .filter(name -> hidden.stream().noneMatch(rule -> hides(rule, name)))
                .toList();
    }

    /// A bare name hides a tool, and that of a server all of its tools.
    private static boolean hides(String rule, String tool) {
        var name = rule.endsWith("__*") ? rule.substring(0, rule.length() - 3) : rule;
        return tool.equals(name) || name.startsWith("mcp__") && tool.startsWith(name + "__");
    }
}
