package dev.bowline.cli.headless;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a hook of the host's answers. Total: what it doesn't understand says nothing.
final class HookAnswer {
    /// Texts for the model and the user are cut here, as the protocol says.
    private static final int LONGEST = 10_000;

    private HookAnswer() {}

    static HookOutcome of(HookEvent event, Json answer, HostUpdates updates) {
        var said = answer.asMap();
        if (Boolean.TRUE.equals(said.get("async"))) {
            return HookOutcome.none();
        }
        var own = said.get("hookSpecificOutput") instanceof Map<?, ?> map ? map : Map.of();
        var outcome =
                event instanceof HookEvent.PermissionRequested
                        ? permission(own.get("decision"), updates)
                        : ruling(said, own);
        return outcome.withOutput(output(own))
                .withContext(cut(own.get("additionalContext")))
                .withMessage(cut(said.get("systemMessage")))
                .withStop(stop(said));
    }

    private static HookOutcome permission(@Nullable Object decision, HostUpdates updates) {
        if (!(decision instanceof Map<?, ?> said)) {
            return HookOutcome.none();
        }
        return switch (text(said.get("behavior"), "")) {
            case "allow" ->
                    HookOutcome.allow("a hook of the host allowed it")
                            .withInput(input(said))
                            .withUpdates(updates.read(said.get("updatedPermissions")));
            case "deny" ->
                    HookOutcome.refuse(
                                    text(said.get("message"), "Permission was denied by a hook."))
                            .withInterrupt(Boolean.TRUE.equals(said.get("interrupt")));
            default -> HookOutcome.none();
        };
    }

    private static HookOutcome ruling(Map<String, @Nullable Object> said, Map<?, ?> own) {
        var reason = text(own.get("permissionDecisionReason"), text(said.get("reason"), "hook"));
        var ruling =
                switch (text(own.get("permissionDecision"), text(said.get("decision"), ""))) {
                    case "allow", "approve" -> Ruling.ALLOW;
                    case "ask", "defer" -> Ruling.ASK;
                    case "deny", "block" -> Ruling.REFUSE;
                    default -> Ruling.NONE;
                };
        return new HookOutcome(
                ruling, ruling == Ruling.NONE ? null : reason, input(own), null, null);
    }

    private static @Nullable Json input(Map<?, ?> own) {
        return own.get("updatedInput") instanceof Map<?, ?> map ? Json.of(map) : null;
    }

    private static @Nullable String output(Map<?, ?> own) {
        var value =
                own.get("updatedToolOutput") == null
                        ? own.get("updatedMCPToolOutput")
                        : own.get("updatedToolOutput");
        return value == null ? null : value instanceof String text ? text : Json.of(value).text();
    }

    private static @Nullable String stop(Map<String, @Nullable Object> said) {
        return Boolean.FALSE.equals(said.get("continue"))
                ? text(said.get("stopReason"), "no reason given")
                : null;
    }

    private static @Nullable String cut(@Nullable Object value) {
        return value instanceof String text && !text.isBlank()
                ? text.length() > LONGEST ? text.substring(0, LONGEST) : text
                : null;
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }
}
