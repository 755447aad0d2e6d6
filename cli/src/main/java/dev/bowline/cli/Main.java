package dev.bowline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `bowline` command.
@Command(name = "bowline", mixinStandardHelpOptions = true, version = "0.1.0 (Bowline)")
public final class Main implements Runnable {
    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /// Runs the command in this process and answers its exit code.
    static int execute(String... args) {
        return new CommandLine(new Main()).execute(args);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
