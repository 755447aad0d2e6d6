package dev.bowline.tools.offline;

import dev.bowline.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a task does next.
sealed interface Move {
    /// Calls tools; the task goes on with their answers.
    record Calls(List<Call> calls) implements Move {
        public Calls {
            calls = List.copyOf(calls);
        }
    }

    /// Ends the task with these words.
    record Say(String text) implements Move {}

    /// One call.
    record Call(String tool, Json input) {}

    /// A single call; the arguments are names and values by turns.
    static Move call(String tool, Object... arguments) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            input.put(String.valueOf(arguments[i]), arguments[i + 1]);
        }
        return new Calls(List.of(new Call(tool, Json.of(input))));
    }

    static Move say(String text) {
        return new Say(text);
    }
}
