package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The program `bwrap` of this machine, and why it is of no use here. Tried once per process, since
/// containers and kernels may forbid what it needs.
record Bubblewrap(Path program, Optional<String> problem) {
    /// Namespaces of its own, no rights, no network, gone with the program that waits for it.
    static final List<String> ALONE =
            List.of(
                    "--unshare-user",
                    "--unshare-pid",
                    "--unshare-ipc",
                    "--unshare-uts",
                    "--unshare-net",
                    "--unshare-cgroup-try",
                    "--die-with-parent",
                    "--new-session",
                    "--cap-drop",
                    "ALL");

    /// Everything, to be read; a few devices; processes of its own.
    static final List<String> ROOT =
            List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));
    private static final int LONGEST = 10;

    private static final class Once {
        static final Bubblewrap HERE = look();
    }

    static Bubblewrap here() {
        return Once.HERE;
    }

    /// A program that belongs to the system; the search path of a session is not asked.
    static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Bubblewrap look() {
        var program = find("bwrap");
        if (program.isEmpty()) {
            return new Bubblewrap(
                    Path.of("bwrap"),
                    Optional.of(
                            Files.isDirectory(Path.of("/proc/self"))
                                    ? "bubblewrap (bwrap) is not installed"
                                    : "there is a sandbox on Linux only"));
        }
        if (find("setsid").isEmpty()) {
            return new Bubblewrap(program.get(), Optional.of("setsid is not installed"));
        }
        return new Bubblewrap(program.get(), attempt(program.get()));
    }

    private static Optional<String> attempt(Path program) {
        var words = new ArrayList<String>(List.of(program.toString()));
        words.addAll(ROOT);
        words.addAll(ALONE);
        words.addAll(List.of("--", find("true").map(Path::toString).orElse("true")));
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("bwrap does not answer");
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(said.isBlank() ? "bwrap fails" : said.strip());
        } catch (IOException e) {
            return Optional.of("bwrap can't be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("bwrap was interrupted");
        }
    }
}
