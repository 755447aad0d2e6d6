package dev.bowline.hook;

import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a hook outside of the program answers: JSON in the field's words. Total: what it
/// doesn't understand says nothing; [#fault] tells whether there is such a thing.
public final class HookOutput {
    private static final String NO_REASON = "Blocked by hook";

    private final Function<@Nullable Object, List<PermissionUpdate>> updates;

    /// @param updates reads a list of permission updates, leaving out what must not hold
    public HookOutput(Function<@Nullable Object, List<PermissionUpdate>> updates) {
        this.updates = updates;
    }

    /// What is wrong with an answer: a member of the wrong type, a word that doesn't exist, or the
    /// answer to another event; empty for an answer that can be used.
    public static Optional<String> fault(HookEvent event, Json answer) {
        return HookOutputCheck.fault(event, answer);
    }

    /// Whether the hook says that it goes on by itself.
    public static boolean goesOn(Json answer) {
        return Boolean.TRUE.equals(answer.asMap().get("async"));
    }

    public HookOutcome read(HookEvent event, Json answer) {
        var said = answer.asMap();
        if (goesOn(answer)) {
            return HookOutcome.none();
        }
        var own = said.get("hookSpecificOutput") instanceof Map<?, ?> map ? map : Map.of();
        var outcome =
                event instanceof HookEvent.PermissionRequested
                        ? permission(own.get("decision"))
                        : ruling(event, said, own);
        return outcome.withOutput(output(own))
                .withContext(words(own.get("additionalContext")))
                .withMessage(words(said.get("systemMessage")))
                .withTitle(words(own.get("sessionTitle")))
                .withRetry(Boolean.TRUE.equals(own.get("retry")))
                .withStop(stop(said));
    }

    private HookOutcome permission(@Nullable Object decision) {
        if (!(decision instanceof Map<?, ?> said)) {
            return HookOutcome.none();
        }
        return switch (text(said.get("behavior"), "")) {
            case "allow" ->
                    HookOutcome.allow("a hook allowed it")
                            .withInput(input(said))
                            .withUpdates(updates.apply(said.get("updatedPermissions")));
            case "deny" ->
                    HookOutcome.refuse(
                                    text(said.get("message"), "Permission was denied by a hook."))
                            .withInterrupt(Boolean.TRUE.equals(said.get("interrupt")));
            default -> HookOutcome.none();
        };
    }

    /// Of two decisions the event's own one counts, unless the general one blocks: of what a hook
    /// says at once, the strictest holds.
    private static HookOutcome ruling(
            HookEvent event, Map<String, @Nullable Object> said, Map<?, ?> own) {
        boolean decides =
                event instanceof HookEvent.PreToolUse || event instanceof HookEvent.PreModelSwitch;
        var special = decides ? ruling(own.get("permissionDecision")) : Ruling.NONE;
        var general = ruling(said.get("decision"));
        boolean byOwn = special != Ruling.NONE && general != Ruling.REFUSE;
        var ruling = byOwn ? special : general;
        var reason =
                byOwn
                        ? text(own.get("permissionDecisionReason"), text(said.get("reason"), ""))
                        : text(said.get("reason"), text(own.get("permissionDecisionReason"), ""));
        var outcome =
                switch (ruling) {
                    case NONE -> HookOutcome.none();
                    case ALLOW -> HookOutcome.allow(or(reason, "a hook allowed it"));
                    case ASK -> HookOutcome.ask(or(reason, "a hook asks"));
                    case DEFER -> HookOutcome.defer(or(reason, "a hook defers it"));
                    case REFUSE -> HookOutcome.refuse(or(reason, NO_REASON));
                };
        return outcome.withInput(input(own));
    }

    private static Ruling ruling(@Nullable Object word) {
        return switch (text(word, "")) {
            case "allow", "approve" -> Ruling.ALLOW;
            case "ask" -> Ruling.ASK;
            case "defer" -> Ruling.DEFER;
            case "deny", "block" -> Ruling.REFUSE;
            default -> Ruling.NONE;
        };
    }

    private static String or(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
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

    private static @Nullable String words(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }
}
