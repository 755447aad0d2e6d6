package dev.bowline.permission;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.util.List;
import java.util.function.Predicate;

/// A call as the policy sees it: what would run, and what the tool says it would touch.
/// `needsPerson` is true for tools that no rule and no mode allows.
public record ToolCall(
        String tool, Json input, Effect effect, List<Access> accesses, boolean needsPerson) {
    public ToolCall {
        accesses = List.copyOf(accesses);
    }

    public ToolCall(String tool, Effect effect, List<Access> accesses) {
        this(tool, Json.EMPTY_OBJECT, effect, accesses, false);
    }

    /// How it stands to a sandbox.
    boolean isFenced(Predicate<Access.Fence> how) {
        return accesses.stream()
                .anyMatch(access -> access instanceof Access.Fenced(var fence) && how.test(fence));
    }

    /// Whether it is a command line for a shell.
    boolean isCommand() {
        return accesses.stream().anyMatch(Access.Runs.class::isInstance);
    }
}
