package dev.bowline.project.hook;

import dev.bowline.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of a hook's at work. It gets its input from a file and writes into files, so that
/// children which outlive it hold nothing that we would wait for. Where `setsid` is there (Linux),
/// it leads a process group of its own. Closing it ends the group if the program is still at work,
/// and removes the files.
final class Program implements AutoCloseable {
    /// Bytes of each stream that are read; the rest is dropped.
    static final int READ = 1 << 20;

    /// Bytes of a stream that are too many: the program is ended.
    static final long TOO_MUCH = 64L << 20;

    private static final Duration GRACE = Duration.ofMillis(300);
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Process process;
    private final boolean leads;
    private final Path folder;
    private final Path directory;
    private final Map<String, String> environment;

    private Program(
            Process process,
            boolean leads,
            Path folder,
            Path directory,
            Map<String, String> environment) {
        this.process = process;
        this.leads = leads;
        this.folder = folder;
        this.directory = directory;
        this.environment = environment;
    }

    /// Starts it.
    ///
    /// @param directory where it runs
    /// @param environment all of its variables, without the one for exports
    /// @param exporting whether it may export variables
    static Program start(
            Handler.Command command,
            Json input,
            Path directory,
            Map<String, String> environment,
            boolean exporting)
            throws IOException {
        var folder = Files.createTempDirectory("bowline-hook-");
        try {
            Files.writeString(folder.resolve("in"), input.text() + "\n");
            var setsid = find("setsid", environment.getOrDefault("PATH", USUAL_PATH));
            var words = new ArrayList<String>();
            if (!setsid.isEmpty()) {
                words.add(setsid);
            }
            words.addAll(words(command));
            var builder =
                    new ProcessBuilder(words)
                            .directory(directory.toFile())
                            .redirectInput(folder.resolve("in").toFile())
                            .redirectOutput(folder.resolve("out").toFile())
                            .redirectError(folder.resolve("err").toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            if (exporting) {
                var file = Files.createFile(folder.resolve("exports"));
                builder.environment().put("CLAUDE_ENV_FILE", file.toString());
            }
            return new Program(
                    builder.start(), !setsid.isEmpty(), folder, directory, Map.copyOf(environment));
        } catch (IOException | RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    private static List<String> words(Handler.Command command) {
        if (command.arguments() != null) {
            var words = new ArrayList<String>();
            words.add(command.command());
            words.addAll(command.arguments());
            return words;
        }
        return switch (command.shell()) {
            case "powershell" -> List.of("pwsh", "-NoProfile", "-Command", command.command());
            case "bash" -> List.of("bash", "-c", command.command());
            default -> List.of("sh", "-c", command.command());
        };
    }

    private static String find(String program, String path) {
        for (var place : (path + ":" + USUAL_PATH).split(":", -1)) {
            if (place.startsWith("/")) {
                var file = new File(place, program);
                if (file.isFile() && file.canExecute()) {
                    return file.getPath();
                }
            }
        }
        return "";
    }

    /// Waits for the end; whether it has come.
    ///
    /// @throws IOException when it has written too much; it has been ended then
    boolean await(Duration atMost) throws InterruptedException, IOException {
        boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended && (size("out") > TOO_MUCH || size("err") > TOO_MUCH)) {
            end();
            throw new IOException("wrote more than " + (TOO_MUCH >> 20) + " MiB and was ended");
        }
        return ended;
    }

    private long size(String name) {
        return folder.resolve(name).toFile().length();
    }

    int exitCode() {
        return process.exitValue();
    }

    /// What it has written to standard output so far.
    String output() {
        return text("out", READ);
    }

    /// The first bytes of that.
    String output(int most) {
        return text("out", most);
    }

    /// What it has written to standard error so far.
    String errors() {
        return text("err", READ);
    }

    /// The variables that it has exported; none where it may not.
    Map<String, String> exports() throws IOException, InterruptedException {
        return Exports.of(
                folder.resolve("exports"), directory, environment, folder.resolve("exported"));
    }

    private String text(String name, int most) {
        try (var in = Files.newInputStream(folder.resolve(name))) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a hook wrote", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            end();
        }
        remove(folder);
    }

    /// Ends the program and what it has started, as far as that can be seen.
    private void end() {
        boolean interrupted = Thread.interrupted();
        var children = process.descendants().toList();
        try {
            signal("TERM");
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            signal("KILL");
        } catch (InterruptedException | IOException e) {
            interrupted |= e instanceof InterruptedException;
        } finally {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Java sends signals to single processes only.
    private void signal(String name) throws IOException, InterruptedException {
        if (leads) {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- -" + process.pid())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(2, TimeUnit.SECONDS);
        } else {
            process.destroy();
        }
    }

    private static void remove(Path folder) {
        Stream.of("in", "out", "err", "exports", "exported", "")
                .map(folder::resolve)
                .forEach(Program::delete);
    }

    /// What can't be removed lies in a folder of the system's that it cleans up itself.
    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            return false;
        }
    }
}
