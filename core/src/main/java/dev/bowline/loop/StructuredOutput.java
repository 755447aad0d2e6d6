package dev.bowline.loop;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Effect;
import dev.bowline.tool.SchemaCheck;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import dev.bowline.transcript.TurnState;

/// The tool by which the model hands in a value that fits `schema`. After as many tries as
/// [Limits#outputAttempts] says the turn ends without one.
public record StructuredOutput(Json schema) implements Tool {
    /// Told to a model that ends without calling the tool.
    static final String REMINDER =
            "You have not handed in your answer. Call the tool "
                    + TurnState.OUTPUT_TOOL
                    + " now, with a value that fits its schema.";

    /// @throws IllegalArgumentException for a schema that is not one of an object, or has a fault
    public StructuredOutput {
        if (!"object".equals(schema.asMap().get("type"))) {
            throw new IllegalArgumentException(
                    "the schema of structured output must have \"type\": \"object\" at the top; put other values into a field");
        }
        SchemaCheck.fault(schema)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(
                            "the schema of structured output cannot be used: " + fault);
                });
    }

    @Override
    public ToolDefinition definition() {
        return new ToolDefinition(
                TurnState.OUTPUT_TOOL,
                "Hands in your final answer as a value of the schema below. Call it exactly once, when everything else is done; the answer is not taken in any other form.",
                schema);
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public ToolResult call(Json input, ToolContext context) {
        return ToolResult.of("Structured output provided successfully", input);
    }
}
