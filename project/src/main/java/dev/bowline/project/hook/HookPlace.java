package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/// What hooks of settings need of the program that they belong to.
///
/// - `project`: the folder that the settings belong to
/// - `environment`: of the process; programs get it without what looks like a credential
/// - `base`: what every input holds
/// - `output`: reads answers
/// - `servers`: for handlers that are tools
/// - `watch`: hears of handlers at work
/// - `defers`: whether calls may be put off; otherwise such an answer asks
public record HookPlace(
        Path project,
        Map<String, String> environment,
        Function<HookEvent, HookInput.Base> base,
        HookOutput output,
        ServerTools servers,
        HookWatch watch,
        boolean defers) {
    public HookPlace {
        environment = Map.copyOf(environment);
    }
}
