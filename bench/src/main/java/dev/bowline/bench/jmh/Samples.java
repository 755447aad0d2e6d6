package dev.bowline.bench.jmh;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.bench.InstantModel;
import dev.bowline.bench.Noop;
import dev.bowline.permission.PermissionMode;
import dev.bowline.transcript.Entry;
import java.util.List;

/// Sessions made by the real loop.
final class Samples {
    private Samples() {}

    /// A session of text turns.
    static List<Entry> session(int turns) throws InterruptedException {
        try (var agent = Agent.of(new InstantModel(0));
                var session = agent.open()) {
            for (int i = 0; i < turns; i++) {
                session.prompt("question " + i).await();
            }
            return session.entries();
        }
    }

    static void options(AgentOptions options) {
        options.tools(Noop.tool()).permissionMode(PermissionMode.BYPASS);
    }
}
