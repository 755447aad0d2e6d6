package dev.bowline.tools.shell;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts `bash -c` at the head of a process group of its own. With `setsid` (Linux) that is one
/// more exec and no more process: the child's id is the id of its group and its session. Without
/// it, an outer bash with job control starts an inner one in a new group and waits for it.
record ShellLauncher(Path bash, @Nullable Path setsid) {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final int MAX_KNOWN = 100;
    private static final Map<String, ShellLauncher> KNOWN = new ConcurrentHashMap<>();

    /// The launcher for a search path.
    ///
    /// @throws BowlineException if there is no bash
    static ShellLauncher of(Map<String, String> environment) {
        var path = environment.getOrDefault("PATH", DEFAULT_PATH);
        if (KNOWN.size() >= MAX_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(path, ShellLauncher::search);
    }

    private static ShellLauncher search(String path) {
        var bash =
                find("bash", path)
                        .orElseThrow(() ->
                                new BowlineException(
                                        ErrorCode.TOOL_FAILED,
                                        "There is no bash in PATH ("
                                                + path
                                                + "); install bash to run commands."));
        return new ShellLauncher(bash, find("setsid", path + ":" + DEFAULT_PATH).orElse(null));
    }

    private static Optional<Path> find(String program, String path) {
        for (var folder : path.split(File.pathSeparator, -1)) {
            if (folder.startsWith("/")) {
                var file = Path.of(folder, program);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /// The words to start for a script.
    List<String> words(String script) {
        return setsid != null
                ? List.of(setsid.toString(), bash.toString(), "-c", script, "bash")
                : List.of(
                        bash.toString(),
                        "-c",
                        "set -m; exec 3>&2 2>/dev/null; \"$0\" -c \"$1\" bash 2>&3 3>&- & wait \"$!\"",
                        bash.toString(),
                        script);
    }

    /// The words to start for a script that gets arguments; only with `setsid`.
    List<String> words(String script, List<String> arguments) {
        var all = new ArrayList<>(words(script));
        all.addAll(arguments);
        return all;
    }

    /// The process group of what [#words] started.
    long group(Process process) {
        return setsid != null
                ? process.pid()
                : process.children().findFirst().map(ProcessHandle::pid).orElseGet(process::pid);
    }

    /// Sends a signal to a whole group; a group that is gone is no error.
    void signal(String name, long group) throws InterruptedException {
        try {
            var kill =
                    new ProcessBuilder(bash.toString(), "-c", "kill -s " + name + " -- -" + group)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            kill.environment().clear();
            kill.start().waitFor(2, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new BowlineException(
                    ErrorCode.TOOL_FAILED,
                    "Could not send "
                            + name
                            + " to the process group "
                            + group
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// A word of the shell that means exactly this text.
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
