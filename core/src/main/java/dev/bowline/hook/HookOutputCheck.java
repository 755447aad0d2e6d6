package dev.bowline.hook;

import dev.bowline.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the answer of a hook has the form that its event's answers have. Members that nobody
/// knows are no fault.
final class HookOutputCheck {
    private static final List<String> FLAGS = List.of("continue", "suppressOutput", "async");
    private static final List<String> TEXTS =
            List.of("stopReason", "reason", "systemMessage", "terminalSequence");
    private static final List<String> OWN_TEXTS =
            List.of(
                    "permissionDecisionReason",
                    "additionalContext",
                    "sessionTitle",
                    "initialUserMessage",
                    "worktreePath",
                    "displayContent");

    private HookOutputCheck() {}

    static Optional<String> fault(HookEvent event, Json answer) {
        if (!answer.isObject()) {
            return Optional.of("the answer is no JSON object");
        }
        var said = answer.asMap();
        for (var flag : FLAGS) {
            if (is(said, flag) && !(said.get(flag) instanceof Boolean)) {
                return wrong(flag, "true or false");
            }
        }
        for (var text : TEXTS) {
            if (is(said, text) && !(said.get(text) instanceof String)) {
                return wrong(text, "a text");
            }
        }
        if (is(said, "decision") && !List.of("approve", "block").contains(said.get("decision"))) {
            return wrong("decision", "\"block\" or \"approve\"");
        }
        if (!is(said, "hookSpecificOutput")) {
            return Optional.empty();
        }
        return said.get("hookSpecificOutput") instanceof Map<?, ?> own
                ? special(event, own)
                : wrong("hookSpecificOutput", "an object");
    }

    private static Optional<String> special(HookEvent event, Map<?, ?> own) {
        if (!event.name().equals(own.get("hookEventName"))) {
            return wrong("hookSpecificOutput.hookEventName", "\"" + event.name() + "\"");
        }
        for (var text : OWN_TEXTS) {
            if (is(own, text) && !(own.get(text) instanceof String)) {
                return wrong("hookSpecificOutput." + text, "a text");
            }
        }
        if (is(own, "updatedInput") && !(own.get("updatedInput") instanceof Map<?, ?>)) {
            return wrong("hookSpecificOutput.updatedInput", "an object");
        }
        if (is(own, "permissionDecision")
                && !List.of("allow", "deny", "ask", "defer")
                        .contains(own.get("permissionDecision"))) {
            return wrong(
                    "hookSpecificOutput.permissionDecision",
                    "\"allow\", \"deny\", \"ask\" or \"defer\"");
        }
        return event instanceof HookEvent.PermissionRequested && is(own, "decision")
                ? decision(own.get("decision"))
                : Optional.empty();
    }

    private static Optional<String> decision(@Nullable Object decision) {
        boolean known =
                decision instanceof Map<?, ?> said
                        && List.of("allow", "deny")
                                .contains(said.get("behavior") instanceof String b ? b : "")
                        && (!is(said, "updatedInput")
                                || said.get("updatedInput") instanceof Map<?, ?>);
        return known
                ? Optional.empty()
                : wrong(
                        "hookSpecificOutput.decision",
                        "an object with the behavior \"allow\" or \"deny\"");
    }

    private static boolean is(Map<?, ?> map, String member) {
        return map.get(member) != null;
    }

    private static Optional<String> wrong(String member, String wanted) {
        return Optional.of(member + " has to be " + wanted);
    }
}
