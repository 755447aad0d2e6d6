package dev.bowline.project.hook;

import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What hooks of settings need of the program that they belong to.
///
/// - `project`: the folder that the settings belong to
/// - `environment`: of the process; programs get it without what looks like a credential
/// - `base`: what every input holds
/// - `output`: reads answers
/// - `servers`: for handlers that are tools
/// - `watch`: hears of handlers at work
/// - `variables`: the file in which hooks may put variables for the session's commands, if there is
///   one for this event
/// - `defers`: whether calls may be put off; otherwise such an answer asks
public record HookPlace(
        Path project,
        Map<String, String> environment,
        Function<HookEvent, HookInput.Base> base,
        HookOutput output,
        ServerTools servers,
        HookWatch watch,
        Function<HookEvent, Optional<Path>> variables,
        boolean defers) {
    public HookPlace {
        environment = Map.copyOf(environment);
    }
}
