package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.tool.Access;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call put to one policy. What several rules look at is worked out once, as there may be
/// hundreds of them. Of one thread.
final class Question {
    /// A program in the spelling that rules are compared with.
    ///
    /// - `exact`: the words
    /// - `loose`: every guise
    record Spelled(String source, String exact, List<String> loose) {
        private static Spelled of(Access.Runs runs) {
            return new Spelled(
                    runs.source().strip(),
                    CommandText.exact(runs.words()),
                    runs.guises().stream().map(CommandText::loose).distinct().toList());
        }

        /// Whether every word is known before it runs.
        boolean isKnown() {
            return exact.indexOf(CommandText.UNKNOWN) < 0;
        }
    }

    private final Policy policy;
    private final ToolCall call;
    private final boolean command;
    private final Map<Behavior, List<Coverage>> rules = new EnumMap<>(Behavior.class);
    private final IdentityHashMap<Access.Runs, Spelled> spelled = new IdentityHashMap<>();
    private @Nullable Map<String, @Nullable Object> fields;

    Question(Policy policy, ToolCall call) {
        this.policy = policy;
        this.call = call;
        this.command = call.isCommand();
    }

    Policy policy() {
        return policy;
    }

    ToolCall call() {
        return call;
    }

    /// Whether it is about a command line for a shell.
    boolean isCommand() {
        return command;
    }

    /// The policy's rules of one kind, oldest first.
    List<Coverage> rules(Behavior behavior) {
        return rules.computeIfAbsent(
                behavior,
                kind ->
                        policy.book().given(kind).stream()
                                .map(given -> new Coverage(given, this))
                                .toList());
    }

    /// A field of the input; nothing where it is missing or null.
    Optional<Object> field(String name) {
        var known = fields;
        if (known == null) {
            known = call.input().isObject() ? call.input().asMap() : Map.of();
            fields = known;
        }
        return Optional.ofNullable(known.get(name));
    }

    /// The command line, for a shell.
    Optional<String> line() {
        return command
                ? field("command").filter(String.class::isInstance).map(String.class::cast)
                : Optional.empty();
    }

    Spelled spelled(Access.Runs runs) {
        return spelled.computeIfAbsent(runs, Spelled::of);
    }
}
