package dev.bowline.cli.wiring;

import dev.bowline.Agent;
import dev.bowline.json.Json;

/// Says early whether a schema of structured output can be used.
public final class OutputSchema {
    private OutputSchema() {}

    /// @throws IllegalArgumentException with one sentence, when it cannot
    public static void check(Json schema) {
        Agent.of(
                        (request, events) -> {
                            throw new IllegalStateException("nobody is asked");
                        },
                        options -> options.outputSchema(schema))
                .close();
    }
}
