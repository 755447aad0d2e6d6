package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.anthropic.AnthropicModel;
import dev.bowline.model.Model;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;

/// The program of the README: a tool of one's own, and a question to Claude. Needs credentials in
/// the environment.
public final class FirstAgent {
    @ToolInput(name = "weather", description = "The weather right now.", effect = Effect.READ)
    record Weather(@Describe("a city, in English") String city) {}

    private FirstAgent() {}

    public static void main(String[] args) throws InterruptedException {
        try (var claude = AnthropicModel.fromEnvironment(System.getenv())) {
            System.out.println(ask(claude, "What should I wear in Bergen today?"));
        }
    }

    static String ask(Model model, String question) throws InterruptedException {
        var weather =
                Tool.of(
                        Weather.class,
                        (input, context) -> ToolResult.text("Rain in " + input.city()));
        try (var agent =
                Agent.of(
                        model,
                        options ->
                                options.modelName("claude-sonnet-5")
                                        .instructions("You give advice in one sentence.")
                                        .tools(weather)
                                        .maxTurns(5))) {
            return agent.ask(question).text();
        }
    }
}
