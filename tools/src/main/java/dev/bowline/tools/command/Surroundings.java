package dev.bowline.tools.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where a command line would run.
///
/// - `directory`: the folder that it starts in; absolute
/// - `home`: what `~` stands for; absolute
/// - `workingDirectories`: the folders that may be worked in, as given and with links resolved
/// - `environment`: the variables that it would be given
public record Surroundings(
        Path directory, Path home, List<Path> workingDirectories, Map<String, String> environment) {
    public Surroundings {
        workingDirectories = List.copyOf(workingDirectories);
        environment = Map.copyOf(environment);
    }
}
