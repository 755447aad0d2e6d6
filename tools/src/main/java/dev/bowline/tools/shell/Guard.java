package dev.bowline.tools.shell;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Ends what commands have left running when this process is gone, however it went: a small bash
/// that waits for its input to end, which happens when we die, and then ends every process with our
/// mark. One for the whole process, started beside its first command. Needs `/proc`; without it the
/// children outlive a killed engine.
final class Guard {
    private static final int SUFFIX_RANGE = 1 << 30;
    private static final int RADIX = 36;

    /// What the marks of this process's commands begin with; a later process with the same id has
    /// another one.
    static final String ENGINE =
            ProcessHandle.current().pid()
                    + "."
                    + Integer.toString(ThreadLocalRandom.current().nextInt(SUFFIX_RANGE), RADIX);

    private static final AtomicBoolean POSTED = new AtomicBoolean();

    /// Kept, since its input would end when nobody holds it any more.
    private static final AtomicReference<@Nullable Process> GUARD = new AtomicReference<>();

    /// TERM first, then KILL until none is left. Bash only, since nothing else may be there.
    private static final String SCRIPT =
            """
            exec 2>/dev/null
            while IFS= read -r line; do :; done
            sweep() {
              found=
              for file in /proc/[0-9]*/environ; do
                id=${file#/proc/}
                while IFS= read -r -d '' entry; do
                  case $entry in
                    MARK=*ENGINE-*) found=1; kill -s "$1" "${id%/environ}"; break;;
                  esac
                done < "$file"
              done
            }
            sweep TERM
            for round in 1 2 3 4 5 6 7 8; do
              [ -n "$found" ] || exit 0
              sleep 0.3
              sweep KILL
            done
            """;

    private Guard() {}

    /// Sees to it that the guard runs; returns at once.
    static void post(ShellLauncher launcher) {
        if (POSTED.compareAndSet(false, true)) {
            Thread.ofVirtual().name("bowline-guard").start(() -> GUARD.set(start(launcher)));
        }
    }

    private static @Nullable Process start(ShellLauncher launcher) {
        var script = SCRIPT.replace("MARK", ProcessTree.MARK).replace("ENGINE", ENGINE);
        var builder = new ProcessBuilder(launcher.words(script));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        try {
            return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException tooManyProcesses) {
            POSTED.set(false);
            return null;
        }
    }
}
