package dev.bowline.anthropic;

import dev.bowline.json.Json;
import dev.bowline.message.Message;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.ToolDefinition;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import dev.bowline.testkit.FakeMessagesApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What most tests start with.
final class Models {
    static final ToolDefinition READ =
            new ToolDefinition(
                    "Read",
                    "Reads a file.",
                    Json.of(
                            Map.of(
                                    "type",
                                    "object",
                                    "properties",
                                    Map.of("file_path", Map.of("type", "string")))));
    static final ModelRequest HELLO =
            ModelRequest.of(
                    "claude-sonnet-5",
                    List.of(Message.user("hello")),
                    o -> o.tools(List.of(READ)).system(List.of("Be brief.", "Be kind.")));

    private Models() {}

    static AnthropicModel at(FakeMessagesApi api) {
        return at(api, o -> {});
    }

    static AnthropicModel at(FakeMessagesApi api, Consumer<AnthropicOptions> more) {
        return AnthropicModel.of(o -> {
            o.baseUrl(api.baseUrl()).apiKey("sk-secret-key");
            more.accept(o);
        });
    }

    /// A reply and what was heard on the way.
    record Heard(ModelReply reply, List<StreamEvent> events) {}

    static Heard ask(AnthropicModel model) throws InterruptedException {
        return ask(model, HELLO);
    }

    static Heard ask(AnthropicModel model, ModelRequest request) throws InterruptedException {
        var events = new ArrayList<StreamEvent>();
        return new Heard(model.reply(request, events::add), events);
    }
}
