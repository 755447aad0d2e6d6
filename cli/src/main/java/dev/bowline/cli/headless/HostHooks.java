package dev.bowline.cli.headless;

import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The callbacks that a host registers with `initialize`.
final class HostHooks {
    private static final double LONGEST_SECONDS = 86_400;

    private final Host host;
    private final HostUpdates updates;
    private final HookFrames frames;
    private final Function<HookEvent, HookInput.Base> base;

    /// @param base what every input holds
    HostHooks(
            Host host,
            HostUpdates updates,
            HookFrames frames,
            Function<HookEvent, HookInput.Base> base) {
        this.host = host;
        this.updates = updates;
        this.frames = frames;
        this.base = base;
    }

    List<Hook> of(Greeting greeting) {
        var hooks = new ArrayList<Hook>();
        greeting.object("hooks")
                .forEach((event, matchers) -> {
                    if (matchers instanceof List<?> all) {
                        for (var one : all) {
                            if (one instanceof Map<?, ?> matcher) {
                                add(hooks, event, matcher);
                            }
                        }
                    }
                });
        return hooks;
    }

    private void add(List<Hook> hooks, String event, Map<?, ?> matcher) {
        if (matcher.get("hookCallbackIds") instanceof List<?> ids) {
            for (var id : ids) {
                hooks.add(
                        new HostHook(
                                host,
                                event,
                                matcher(matcher.get("matcher")),
                                String.valueOf(id),
                                atMost(matcher.get("timeout")),
                                "block".equals(matcher.get("onFailure")),
                                updates,
                                frames,
                                base));
            }
        }
    }

    /// One that can't be read matches everything: a hook too many is safer than one too few.
    private HookMatcher matcher(@Nullable Object text) {
        try {
            return HookMatcher.of(text instanceof String pattern ? pattern : "");
        } catch (IllegalArgumentException e) {
            updates.warn().accept(e.getMessage() + "; it counts for everything");
            return HookMatcher.of("");
        }
    }

    private static Optional<Duration> atMost(@Nullable Object seconds) {
        return seconds instanceof Number number && number.doubleValue() > 0
                ? Optional.of(
                        Duration.ofMillis(
                                (long) (Math.min(number.doubleValue(), LONGEST_SECONDS) * 1000)))
                : Optional.empty();
    }
}
