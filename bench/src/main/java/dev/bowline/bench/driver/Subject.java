package dev.bowline.bench.driver;

import dev.bowline.Agent;
import dev.bowline.Prompt;
import dev.bowline.Session;
import dev.bowline.anthropic.AnthropicModel;
import dev.bowline.message.StreamEvent;
import dev.bowline.permission.PermissionMode;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.Outcome;
import dev.bowline.transcript.SessionStore;
import dev.bowline.transcript.Update;
import java.util.function.Consumer;

/// What is measured: one agent with one tool, asked through the public API, streaming.
final class Subject implements AutoCloseable {
    @ToolInput(name = "noop", description = "Does nothing", effect = Effect.READ)
    record Noop(String x) {}

    private final AnthropicModel model;
    private final SessionStore store;
    private final Agent agent;

    Subject(Service service, SessionStore store, Tool... more) {
        this.model = AnthropicModel.of(o -> o.baseUrl(service.baseUrl()).apiKey(service.apiKey()));
        this.store = store;
        this.agent =
                Agent.of(
                        model,
                        a ->
                                a.modelName("claude-sonnet-5")
                                        .instructions("You are a test.")
                                        .maxTokens(4096)
                                        .permissionMode(PermissionMode.BYPASS)
                                        .directory(service.directory())
                                        .store(store)
                                        .tools(
                                                Tool.of(
                                                        Noop.class,
                                                        (input, context) -> ToolResult.text("ok")))
                                        .tools(more));
    }

    Agent agent() {
        return agent;
    }

    SessionStore store() {
        return store;
    }

    Session open() {
        return agent.open();
    }

    /// One turn to its end; `onText` hears each piece of text.
    ///
    /// @throws IllegalStateException when the turn did not complete
    static void turn(Session session, String prompt, Consumer<String> onText)
            throws InterruptedException {
        var outcome = session.prompt(Prompt.of(prompt), update -> text(update, onText)).await();
        if (!(outcome instanceof Outcome.Completed)) {
            throw new IllegalStateException("the turn ended as " + outcome);
        }
    }

    static void turn(Session session, String prompt) throws InterruptedException {
        turn(session, prompt, text -> {});
    }

    private static void text(Update update, Consumer<String> onText) {
        if (update instanceof Update.Delta(_, StreamEvent.TextDelta(int index, String text))) {
            onText.accept(text);
        }
    }

    @Override
    public void close() {
        agent.close();
        store.close();
        model.close();
    }
}
