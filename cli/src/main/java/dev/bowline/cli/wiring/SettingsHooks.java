package dev.bowline.cli.wiring;

import dev.bowline.cli.console.Console;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutput;
import dev.bowline.project.Settings;
import dev.bowline.project.hook.HookConfig;
import dev.bowline.project.hook.HookPlace;
import dev.bowline.project.hook.HookWatch;
import dev.bowline.project.hook.ServerTools;
import dev.bowline.transcript.JsonlStore;
import dev.bowline.transcript.SessionId;
import dev.bowline.transcript.SessionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// The hooks that settings name, for the sessions of this command.
///
/// @param console their surroundings, with the variables of the settings
/// @param base what every input holds
/// @param updates reads the permissions that hooks grant
/// @param defers whether calls may be put off
public record SettingsHooks(
        Console console,
        Function<HookEvent, HookInput.Base> base,
        HostUpdates updates,
        ServerTools servers,
        HookWatch watch,
        boolean defers) {

    /// Those of some settings. What is wrong with them is said once for each key.
    public List<Hook> of(Settings settings, Consumer<String> warnings) {
        var config = HookConfig.NONE;
        for (var part : settings.hooks()) {
            config = config.plus(HookConfig.parse(part.json(), part.file()));
        }
        config.problems().forEach(warnings);
        return config.hooks(
                new HookPlace(
                        console.directory(),
                        console.environment(),
                        base,
                        new HookOutput(updates::read),
                        servers,
                        watch,
                        defers));
    }

    /// The file that a session is written to, or "".
    public static String transcript(SessionStore store, String session, Path directory) {
        return store instanceof JsonlStore files
                ? files.file(new SessionId(session), directory).toString()
                : "";
    }
}
