package dev.bowline.cli.headless;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.json.JsonOut;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A callback of the host's, registered for one event.
///
/// @param event the event's name
/// @param callback the id that the host knows it by
/// @param base writes the members that every input has
record HostHook(
        Host host,
        String event,
        String matcher,
        String callback,
        Duration atMost,
        BiConsumer<JsonOut, HookEvent> base)
        implements Hook {

    @Override
    public String name() {
        return event + " of the host (" + callback + ")";
    }

    @Override
    public HookOutcome on(HookEvent told) throws Exception {
        if (!told.name().equals(event) || !matches(told)) {
            return HookOutcome.none();
        }
        var answer =
                host.ask(
                        frame -> {
                            frame.field("subtype", "hook_callback")
                                    .field("callback_id", callback)
                                    .name("input")
                                    .beginObject();
                            base.accept(frame, told);
                            HookInput.write(frame, told);
                            frame.endObject();
                            var use = HookInput.toolUseId(told);
                            if (use != null) {
                                frame.field("tool_use_id", use);
                            }
                        },
                        atMost);
        return outcome(answer);
    }

    private boolean matches(HookEvent told) {
        var name = HookInput.matched(told);
        return matcher.isEmpty()
                || matcher.equals("*")
                || name == null
                || java.util.Arrays.stream(matcher.split("[|,]"))
                        .anyMatch(word -> word.strip().equals(name));
    }

    private static HookOutcome outcome(Json answer) {
        var said = answer.asMap();
        var specific = said.get("hookSpecificOutput");
        var own = specific instanceof Map<?, ?> map ? map : Map.of();
        var reason = text(own.get("permissionDecisionReason"), text(said.get("reason"), "hook"));
        var context = own.get("additionalContext") instanceof String note ? note : null;
        var input = own.get("updatedInput") instanceof Map<?, ?> map ? Json.of(map) : null;
        var ruling =
                switch (text(own.get("permissionDecision"), "")) {
                    case "allow" -> HookOutcome.Ruling.ALLOW;
                    case "ask" -> HookOutcome.Ruling.ASK;
                    case "deny" -> HookOutcome.Ruling.REFUSE;
                    default ->
                            "block".equals(said.get("decision"))
                                    ? HookOutcome.Ruling.REFUSE
                                    : HookOutcome.Ruling.NONE;
                };
        return new HookOutcome(
                ruling,
                ruling == HookOutcome.Ruling.NONE ? null : reason,
                input,
                output(own.get("updatedToolOutput")),
                context);
    }

    private static @Nullable String output(@Nullable Object value) {
        return value == null ? null : value instanceof String text ? text : Json.of(value).text();
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }
}
