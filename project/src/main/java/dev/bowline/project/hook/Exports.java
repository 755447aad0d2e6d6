package dev.bowline.project.hook;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The variables that a hook's program exports in the file that `CLAUDE_ENV_FILE` names. The file
/// is a script for bash; it is run once, when the program has ended, and what it leaves in the
/// environment counts. Functions, aliases and options don't.
final class Exports {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// Bytes of names and values that are read.
    private static final int MOST = 1 << 20;

    /// What the shell sets by itself, what says where a session is, and what would run with each
    /// command.
    private static final Set<String> OWN =
            Set.of(
                    "PWD",
                    "OLDPWD",
                    "SHLVL",
                    "_",
                    "HOME",
                    "CLAUDE_ENV_FILE",
                    "BASH_ENV",
                    "ENV",
                    "PROMPT_COMMAND",
                    "SHELLOPTS",
                    "BASHOPTS");

    private Exports() {}

    /// Runs the script.
    ///
    /// @param environment what the program had, and the script gets
    /// @param scratch a file to write to
    /// @throws IOException when it can't be run, or takes longer than 5 s
    static Map<String, String> of(
            Path script, Path directory, Map<String, String> environment, Path scratch)
            throws IOException, InterruptedException {
        if (!Files.exists(script) || Files.size(script) == 0) {
            return Map.of();
        }
        var builder =
                new ProcessBuilder(
                                "bash",
                                "--noprofile",
                                "--norc",
                                "-c",
                                ". \"$1\" >/dev/null 2>&1; env -0",
                                "bash",
                                script.toString())
                        .directory(directory.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(scratch.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "what it wrote to CLAUDE_ENV_FILE runs longer than "
                                + LONGEST.toSeconds()
                                + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return changed(environment, scratch);
    }

    private static Map<String, String> changed(Map<String, String> before, Path scratch)
            throws IOException {
        try (var in = Files.newInputStream(scratch)) {
            var text = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
            var whole = text.substring(0, text.lastIndexOf('\0') + 1);
            var found = new HashMap<String, String>();
            for (var one : List.of(whole.split("\0"))) {
                int equals = one.indexOf('=');
                if (equals > 0 && !OWN.contains(one.substring(0, equals))) {
                    found.put(one.substring(0, equals), one.substring(equals + 1));
                }
            }
            found.entrySet().removeIf(one -> one.getValue().equals(before.get(one.getKey())));
            return found;
        }
    }
}
