package dev.bowline.permission;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import java.util.List;
import java.util.stream.Stream;

/// The parts of a call that could carry data out of the session: addresses, and programs and tools
/// of which nobody knows what they do.
record Outward(Policy policy, ToolCall call, Programs programs) {
    /// Whether there are some that no rule names.
    boolean isUnnamed() {
        if (call.isFenced(Access.Fence.SEALED::equals)) {
            return false;
        }
        var parts = parts();
        return parts.isEmpty()
                ? call.accesses().isEmpty() && call.effect() == Effect.WRITE && !isNamed()
                : !parts.stream().allMatch(this::isNamed);
    }

    private List<Access> parts() {
        return call.accesses().stream().flatMap(Outward::parts).toList();
    }

    private static Stream<Access> parts(Access access) {
        return switch (access) {
            case Access.Contacts any -> Stream.of(access);
            case Access.Runs runs ->
                    runs.nature().compareTo(Access.Nature.PLAIN) >= 0
                            ? Stream.of(access)
                            : runs.files().stream().flatMap(Outward::parts);
            case Access.Reads any -> Stream.of();
            case Access.Scans any -> Stream.of();
            case Access.Writes any -> Stream.of();
            case Access.Removes any -> Stream.of();
            case Access.Session any -> Stream.of();
            case Access.Fenced any -> Stream.of();
        };
    }

    private boolean isNamed(Access part) {
        return rules().anyMatch(rule -> rule.allows(part)) || isNamed();
    }

    /// A rule for the tool as a whole names a channel only where the tool is one by itself.
    private boolean isNamed() {
        return policy.book().given(Behavior.ALLOW).stream()
                .map(RuleBook.Given::rule)
                .anyMatch(rule ->
                        rule.specifier() == null
                                && rule.tool().equals(call.tool())
                                && !call.isCommand()
                                && !call.tool().startsWith("Web"));
    }

    private Stream<Coverage> rules() {
        return policy.book().given(Behavior.ALLOW).stream()
                .filter(given -> given.rule().specifier() != null)
                .map(given -> new Coverage(given, call, programs, policy.place()));
    }
}
