package dev.bowline.project.hook;

import dev.bowline.json.Json;

/// Tools of connected servers, for hooks.
@FunctionalInterface
public interface ServerTools {
    /// There are no servers.
    ServerTools NONE =
            (server, tool, input) -> {
                throw new IllegalStateException("no server " + server + " is connected");
            };

    /// What the tool says, as text; interrupting the caller gives the call up.
    String call(String server, String tool, Json input) throws Exception;
}
