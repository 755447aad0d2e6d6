package dev.bowline.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a command runs: its streams, environment and directory, and which streams are a terminal.
public record Console(
        InputStream in,
        Lines out,
        Lines err,
        Map<String, String> environment,
        Path directory,
        Terminal terminal) {

    /// Which of the three streams a person sees or types on, and whether colour is welcome.
    public record Terminal(boolean in, boolean out, boolean err, boolean colour) {
        public static final Terminal NONE = new Terminal(false, false, false, false);

        /// Whether somebody can be asked.
        public boolean asks() {
            return in && err;
        }
    }

    /// The process's own.
    public static Console ofProcess() {
        var environment = System.getenv();
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean err = isTerminal(2) && !dumb;
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new Lines(new FileOutputStream(FileDescriptor.out)),
                new Lines(new FileOutputStream(FileDescriptor.err)),
                environment,
                Path.of("").toAbsolutePath(),
                new Terminal(
                        isTerminal(0),
                        isTerminal(1),
                        err,
                        err && environment.getOrDefault("NO_COLOR", "").isEmpty()));
    }

    /// Streams of the caller's, none of them a terminal.
    public static Console of(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Map<String, String> environment,
            Path directory) {
        return new Console(
                in,
                new Lines(out),
                new Lines(err),
                Map.copyOf(environment),
                directory,
                Terminal.NONE);
    }

    /// A variable that is set and not empty, or the other value.
    public String variable(String name, String otherwise) {
        var value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /// Linux says what a descriptor is; elsewhere the JDK knows only about all of them at once.
    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        try {
            var target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.ofNullable(System.console())
                    .map(java.io.Console::isTerminal)
                    .orElse(false);
        }
    }
}
