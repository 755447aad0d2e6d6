package dev.bowline.tools.shell;

import dev.bowline.tools.sandbox.Cell;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One shell command as processes. Its output goes straight into files, so that children which
/// outlive the shell hold nothing that we would wait for.
final class RunningCommand {
    /// Longer scripts don't fit into one argument (128 KiB on Linux) and are read from a file.
    private static final int MAX_ARGUMENT = 100_000;

    private static final int ROUNDS = 20;
    private static final File NOTHING = new File("/dev/null");

    private final ShellLauncher launcher;
    private final Process process;
    private final long group;
    private final String mark;
    private final OutputFiles files;
    private final @Nullable Cell cell;

    /// Where a command's output and final directory go. Both streams go into one file, in the order
    /// in which they are written. `directory` is null if nobody wants to know.
    record OutputFiles(Path output, @Nullable Path directory, Path script) {
        static OutputFiles inFront(Path folder, String name) {
            return new OutputFiles(
                    folder.resolve(name + ".output"),
                    folder.resolve(name + ".cwd"),
                    folder.resolve(name + ".sh"));
        }

        static OutputFiles behind(Path folder, String name) {
            return new OutputFiles(
                    folder.resolve(name + ".output"), null, folder.resolve(name + ".sh"));
        }
    }

    private RunningCommand(
            ShellLauncher launcher,
            Process process,
            String mark,
            OutputFiles files,
            @Nullable Cell cell) {
        this.launcher = launcher;
        this.process = process;
        this.mark = mark;
        this.files = files;
        this.group = launcher.group(process);
        this.cell = cell;
        if (cell != null) {
            var unused = process.onExit().thenRun(cell::close);
        }
    }

    static RunningCommand start(
            ShellLauncher launcher,
            String command,
            Path directory,
            Map<String, String> environment,
            String mark,
            OutputFiles files,
            @Nullable Cell cell)
            throws IOException {
        var script = script(command, directory, files);
        var words =
                cell == null
                        ? launcher.words(script)
                        : launcher.words(cell.launch(), cell.words(launcher.bash(), script));
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.redirectInput(NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.output.toFile()));
        builder.redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PWD", directory.toString());
        builder.environment().put(ProcessTree.MARK, mark);
        if (cell != null) {
            cell.adjust(builder.environment());
        }
        try {
            return new RunningCommand(launcher, builder.start(), mark, files, cell);
        } catch (IOException e) {
            if (cell != null) {
                cell.close();
            }
            throw e;
        }
    }

    /// The command with a trap that tells the final directory if it is another one; the exit code
    /// stays the command's.
    private static String script(String command, Path directory, OutputFiles files)
            throws IOException {
        var start = files.directory == null ? "" : trap(directory, files.directory);
        if (command.length() > MAX_ARGUMENT / 4) {
            Files.writeString(files.script, command);
            return start + ". " + ShellLauncher.quoted(files.script.toString());
        }
        return start + "eval " + ShellLauncher.quoted(command);
    }

    private static String trap(Path directory, Path file) {
        var trap =
                "[ \"$PWD\" = "
                        + ShellLauncher.quoted(directory.toString())
                        + " ] || builtin pwd -P >|"
                        + ShellLauncher.quoted(file.toString());
        return "trap " + ShellLauncher.quoted(trap) + " EXIT; ";
    }

    OutputFiles files() {
        return files;
    }

    boolean await(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Removes what only the start needed.
    void tidy() throws IOException {
        Files.deleteIfExists(files.script);
        if (files.directory != null) {
            Files.deleteIfExists(files.directory);
        }
    }

    /// The exit code of the shell; 128 plus the signal when a signal ended it.
    int exitCode() {
        return process.exitValue();
    }

    /// What to say about the sandbox, if it ran in one.
    String note(boolean failed) {
        return cell == null ? "" : cell.note(failed);
    }

    /// Bytes of output so far.
    long outputSize() {
        return size(files.output);
    }

    /// Cuts the output so that it is not longer than `limit`.
    void cutTo(long limit) throws IOException {
        try (var channel = FileChannel.open(files.output, StandardOpenOption.WRITE)) {
            channel.truncate(limit);
        }
    }

    static long size(Path file) {
        return file.toFile().length();
    }

    /// Ends the shell and everything that it started: TERM to the group, then KILL to the group and
    /// to what moved out of it, as far as that can be seen. Returns when they are gone; not
    /// interruptible, at most a few seconds.
    void end(Duration grace) {
        boolean interrupted = Thread.interrupted();
        try {
            endNow(grace);
        } catch (InterruptedException e) {
            interrupted = true;
            members().forEach(ProcessHandle::destroyForcibly);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void endNow(Duration grace) throws InterruptedException {
        var before = new ArrayList<>(process.descendants().toList());
        before.addAll(members());
        if (process.isAlive()) {
            term();
            process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            if (process.isAlive()) {
                launcher.signal("KILL", group);
            }
            before.addAll(members());
            before.removeIf(handle -> !handle.isAlive());
            if (before.isEmpty() && !process.isAlive()) {
                return;
            }
            before.forEach(ProcessHandle::destroyForcibly);
            waitFor(before);
        }
    }

    /// In a sandbox only what runs inside is told; with the programs outside it would be gone.
    private void term() throws InterruptedException {
        if (cell == null) {
            launcher.signal("TERM", group);
        } else {
            ProcessTree.apart(group, mark).forEach(ProcessHandle::destroy);
        }
    }

    static void waitFor(List<ProcessHandle> handles) throws InterruptedException {
        for (var handle : handles) {
            try {
                handle.onExit().get(200, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException stillThere) {
                handle.destroyForcibly();
            }
        }
    }

    private List<ProcessHandle> members() {
        return process.isAlive() ? ProcessTree.of(group, mark) : ProcessTree.marked(mark);
    }
}
