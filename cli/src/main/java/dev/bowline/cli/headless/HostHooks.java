package dev.bowline.cli.headless;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.json.JsonOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The callbacks that a host registers with `initialize`.
final class HostHooks {
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration OF_PROMPTS = Duration.ofSeconds(30);
    private static final double LONGEST_SECONDS = 86_400;

    private HostHooks() {}

    /// @param base writes the members that every input has
    static List<Hook> of(Host host, Greeting greeting, BiConsumer<JsonOut, HookEvent> base) {
        var hooks = new ArrayList<Hook>();
        greeting.object("hooks")
                .forEach((event, matchers) -> {
                    if (matchers instanceof List<?> all) {
                        for (var one : all) {
                            if (one instanceof Map<?, ?> matcher) {
                                add(hooks, host, event, matcher, base);
                            }
                        }
                    }
                });
        return hooks;
    }

    private static void add(
            List<Hook> hooks,
            Host host,
            String event,
            Map<?, ?> matcher,
            BiConsumer<JsonOut, HookEvent> base) {
        if (matcher.get("hookCallbackIds") instanceof List<?> ids) {
            for (var id : ids) {
                hooks.add(
                        new HostHook(
                                host,
                                event,
                                matcher.get("matcher") instanceof String text ? text : "",
                                String.valueOf(id),
                                atMost(event, matcher.get("timeout")),
                                base));
            }
        }
    }

    private static Duration atMost(String event, @Nullable Object seconds) {
        if (seconds instanceof Number number && number.doubleValue() > 0) {
            return Duration.ofMillis(
                    (long) (Math.min(number.doubleValue(), LONGEST_SECONDS) * 1000));
        }
        return event.equals("UserPromptSubmit") ? OF_PROMPTS : USUAL;
    }
}
