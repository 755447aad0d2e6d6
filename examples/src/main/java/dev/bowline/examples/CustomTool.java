package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.model.Model;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;

/// A tool of one's own: a record is its schema, a function does the work.
public final class CustomTool {
    @ToolInput(name = "weather", description = "The weather right now.", effect = Effect.READ)
    record Weather(
            @Describe("a city, in English") String city,
            @Describe(value = "celsius if missing", optional = true) Unit unit) {}

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    private CustomTool() {}

    static String run(Model model) throws InterruptedException {
        var weather =
                Tool.of(
                        Weather.class,
                        (input, context) -> {
                            int degrees = input.unit() == Unit.FAHRENHEIT ? 64 : 18;
                            return ToolResult.text(
                                    "It is " + degrees + " degrees in " + input.city() + ".");
                        });
        try (var agent = Agent.of(model, a -> a.tools(weather))) {
            return agent.ask("How warm is it in Lisbon?").text();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println(
                run(
                        ScriptedModel.saying(
                                ScriptedModel.call("weather", "{\"city\":\"Lisbon\"}"),
                                ScriptedModel.text("18 degrees, so take a light jacket."))));
    }
}
