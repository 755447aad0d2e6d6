package dev.bowline.tool;

import dev.bowline.json.Json;

/// Stands around tool calls in Java: may change or refuse a call before permission is decided, and
/// change its result. Called on the tool's thread; an exception becomes an error result of that
/// call.
public interface Interceptor {
    /// What to do with a call.
    sealed interface Verdict {
        record Proceed(Json input) implements Verdict {}

        record Refuse(String message) implements Verdict {}
    }

    default Verdict before(String tool, Json input, ToolContext context) {
        return new Verdict.Proceed(input);
    }

    default ToolResult after(String tool, Json input, ToolResult result, ToolContext context) {
        return result;
    }
}
