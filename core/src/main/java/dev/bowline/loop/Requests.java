package dev.bowline.loop;

import dev.bowline.json.Json;
import dev.bowline.memory.Tokens;
import dev.bowline.message.Message;
import dev.bowline.message.ToolDefinition;
import dev.bowline.model.ModelRequest;
import dev.bowline.transcript.SessionState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the requests of one session.
final class Requests {
    private static final Json NO_TOOLS = Json.of(Map.of("type", "none"));

    private final Setup setup;
    private final Permissions permissions;
    private final Tuning tuning;
    private final String sessionId;

    Requests(Setup setup, Permissions permissions, Tuning tuning, String sessionId) {
        this.setup = setup;
        this.permissions = permissions;
        this.tuning = tuning;
        this.sessionId = sessionId;
    }

    /// The next one of the conversation.
    ModelRequest next(SessionState state) {
        return request(
                state.model(), setup.context().select(state.messages()), tools(), tuning.extra());
    }

    /// One beside the conversation that must be answered in words: the same prefix, no tool may be
    /// called.
    ModelRequest words(String model, List<Message> messages) {
        var extra = new TreeMap<>(tuning.extra());
        var tools = tools();
        if (!tools.isEmpty()) {
            extra.put("tool_choice", NO_TOOLS);
        }
        return request(model, messages, tools, extra);
    }

    private ModelRequest request(
            String model,
            List<Message> messages,
            List<ToolDefinition> tools,
            Map<String, Json> extra) {
        return new ModelRequest(
                model,
                setup.instructions(),
                messages,
                tools,
                setup.limits().maxTokens(),
                tuning.thinking(),
                setup.temperature(),
                List.of(),
                sessionId,
                extra);
    }

    private List<ToolDefinition> tools() {
        return setup.tools().definitions().stream()
                .filter(definition -> !permissions.hides(definition.name()))
                .toList();
    }

    /// What every request takes before the conversation, guessed, in tokens.
    long prefixTokens() {
        long system = setup.instructions().stream().mapToLong(Tokens::of).sum();
        long tools =
                tools().stream()
                        .mapToLong(tool ->
                                Tokens.of(tool.name())
                                        + Tokens.of(tool.description())
                                        + Tokens.of(tool.inputSchema()))
                        .sum();
        return system + tools;
    }
}
