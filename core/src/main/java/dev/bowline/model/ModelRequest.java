package dev.bowline.model;

import dev.bowline.json.Json;
import dev.bowline.message.Message;
import dev.bowline.message.ToolDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call of a model.
///
/// - `system`: parts of the system prompt, the stable ones first; each may end a cached prefix
/// - `messages`: alternate between user and assistant, begin with user
/// - `maxTokens`: upper bound of the answer; 0 lets the model decide
/// - `temperature`: null for the service's default
/// - `sessionId`: whose call it is, for logs and metadata; may be empty
/// - `extra`: further members of the wire request by name, sent as they are
public record ModelRequest(
        String model,
        List<String> system,
        List<Message> messages,
        List<ToolDefinition> tools,
        int maxTokens,
        Thinking thinking,
        @Nullable Double temperature,
        List<String> stopSequences,
        String sessionId,
        Map<String, Json> extra) {

    public ModelRequest {
        system = List.copyOf(system);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stopSequences = List.copyOf(stopSequences);
        extra = Map.copyOf(extra);
    }

    public static ModelRequest of(String model, List<Message> messages) {
        return of(model, messages, options -> {});
    }

    public static ModelRequest of(String model, List<Message> messages, Consumer<Options> options) {
        var chosen = new Options();
        options.accept(chosen);
        return new ModelRequest(
                model,
                chosen.system,
                messages,
                chosen.tools,
                chosen.maxTokens,
                chosen.thinking,
                chosen.temperature,
                chosen.stopSequences,
                chosen.sessionId,
                chosen.extra);
    }

    public ModelRequest withModel(String other) {
        return new ModelRequest(
                other,
                system,
                messages,
                tools,
                maxTokens,
                thinking,
                temperature,
                stopSequences,
                sessionId,
                extra);
    }

    /// Everything that has a default.
    public static final class Options {
        private List<String> system = List.of();
        private List<ToolDefinition> tools = List.of();
        private int maxTokens;
        private Thinking thinking = Thinking.UNSET;
        private @Nullable Double temperature;
        private List<String> stopSequences = List.of();
        private String sessionId = "";
        private Map<String, Json> extra = Map.of();

        private Options() {}

        public Options system(List<String> parts) {
            system = parts;
            return this;
        }

        public Options tools(List<ToolDefinition> definitions) {
            tools = definitions;
            return this;
        }

        public Options maxTokens(int tokens) {
            maxTokens = tokens;
            return this;
        }

        public Options thinking(Thinking how) {
            thinking = how;
            return this;
        }

        public Options temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        public Options stopSequences(List<String> sequences) {
            stopSequences = sequences;
            return this;
        }

        public Options sessionId(String id) {
            sessionId = id;
            return this;
        }

        public Options extra(Map<String, Json> members) {
            extra = members;
            return this;
        }
    }
}
