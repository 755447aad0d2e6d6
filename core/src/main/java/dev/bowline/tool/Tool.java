package dev.bowline.tool;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Something that an agent can do. Implementations may be called by many sessions at once; what
/// belongs to one session lives in [ToolContext#state].
///
/// ```java
/// @ToolInput(name = "weather", description = "The weather right now.", effect = READ)
/// record Weather(@Describe("a city, in English") String city) {}
///
/// var weather = Tool.of(Weather.class, (input, context) -> ToolResult.text(service.now(input.city())));
/// ```
public interface Tool {
    /// What the model sees.
    ToolDefinition definition();

    Effect effect();

    /// Runs the call. `input` fits the schema. Blocking; runs on a virtual thread; an interrupt
    /// means "stop now".
    ///
    /// @throws Exception any failure; it becomes an error result for the model, never a failure of
    ///   the session
    ToolResult call(Json input, ToolContext context) throws Exception;

    /// What the call would touch, as far as can be told before it runs; permission rules look at
    /// this. Must not change anything.
    default List<Access> accesses(Json input, ToolContext context) {
        return List.of();
    }

    /// What is wrong with an input that fits the schema, in one sentence, or nothing.
    default Optional<String> validate(Json input, ToolContext context) {
        return Optional.empty();
    }

    /// How long one call may take before it is interrupted; [java.time.Duration#ZERO] for tools
    /// that keep their own time.
    default java.time.Duration timeout() {
        return java.time.Duration.ofMinutes(10);
    }

    /// Whether every call is for a person: the approver always answers it, whatever modes and allow
    /// rules say. In the mode `dontAsk` it is refused.
    default boolean needsPerson() {
        return false;
    }

    default String name() {
        return definition().name();
    }

    /// What a record-typed tool does.
    @FunctionalInterface
    interface Action<T> {
        ToolResult call(T input, ToolContext context) throws Exception;
    }

    /// A tool whose arguments are a record annotated with [ToolInput]; the record is the schema.
    ///
    /// @throws IllegalArgumentException if `input` is not such a record
    static <T extends Record> Tool of(Class<T> input, Action<T> action) {
        return new RecordTool<>(input, action, any -> List.of());
    }

    /// The same, with a word on what a call would touch.
    static <T extends Record> Tool of(
            Class<T> input, Action<T> action, Function<T, List<Access>> accesses) {
        return new RecordTool<>(input, action, accesses);
    }
}
